#include "catalogue/forget.h"

#include <string>
#include <system_error>

#include "catalogue/below.h"

namespace earmark::catalogue {
namespace {

// A disk that does not answer has its files as far as anybody knows.
bool is_gone(const std::filesystem::path& path) {
    std::error_code error;
    return std::filesystem::symlink_status(path, error).type() == std::filesystem::file_type::not_found;
}

std::vector<std::filesystem::path> gone_paths(Database& database, const std::string& sql) {
    std::vector<std::filesystem::path> paths;
    Statement statement = database.prepare(sql);
    while (statement.step())
        if (std::filesystem::path path = statement.path(0); is_gone(path)) paths.push_back(std::move(path));
    return paths;
}

void run_for_each(Database& database, const std::string& sql, const std::vector<std::filesystem::path>& paths) {
    Statement statement = database.prepare(sql);
    for (const std::filesystem::path& path : paths) statement.bind_path(1, path).run();
}

// Of tracks and roots below the paths.
std::int64_t take_gone(Database& database) {
    run_for_each(database, "UPDATE track SET is_missing = 1 WHERE path = ?1",
                 gone_paths(database, "SELECT path FROM track WHERE NOT is_missing AND " + is_below("wanted")));
    const auto roots = gone_paths(database, "SELECT path FROM root WHERE " + is_below("wanted", "root.path"));
    run_for_each(database, "DELETE FROM root WHERE path = ?1", roots);
    return static_cast<std::int64_t>(roots.size());
}

}  // namespace

Forgotten forget(Catalogue& catalogue, const std::vector<std::filesystem::path>& paths) {
    Database& database = catalogue.database();
    Transaction transaction(database);
    Forgotten forgotten;
    std::string wanted = "true";
    if (!paths.empty()) {
        fill_below(database, "wanted", paths);
        wanted = is_below("wanted");
        forgotten.root_count = take_gone(database);
    }
    database.execute("DELETE FROM track WHERE is_missing AND " + wanted);
    forgotten.track_count = database.change_count();
    forgotten.kept_count = database.integer("SELECT count(*) FROM track WHERE " + wanted);
    database.execute("DELETE FROM audio WHERE NOT EXISTS (SELECT 1 FROM track WHERE track.audio_id = audio.id)");
    transaction.commit();
    return forgotten;
}

bool has_anything_below(Catalogue& catalogue, const std::filesystem::path& path) {
    Database& database = catalogue.database();
    fill_below(database, "wanted", {path});
    return database.integer("SELECT EXISTS (SELECT 1 FROM track WHERE " + is_below("wanted") +
                            ") OR EXISTS (SELECT 1 FROM root WHERE " + is_below("wanted", "root.path") + ")") == 1;
}

}  // namespace earmark::catalogue
