#include "catalogue/walk.h"

#include "catalogue/below.h"

namespace earmark::catalogue {
namespace {

void fill_found(Database& database, const std::vector<Walk::File>& files) {
    database.execute(
        "CREATE TEMP TABLE IF NOT EXISTS found (path ANY PRIMARY KEY, size_bytes INTEGER, modified_ns INTEGER) STRICT, "
        "WITHOUT ROWID; DELETE FROM found");
    Statement insert = database.prepare("INSERT OR IGNORE INTO found VALUES (?1, ?2, ?3)");
    for (const Walk::File& file : files)
        insert.bind_path(1, file.path).bind(2, file.stamp.size_bytes).bind(3, file.stamp.modified_ns).run();
}

std::int64_t run(Database& database, std::string_view sql) {
    database.execute(sql);
    return database.change_count();
}

std::int64_t take_changed(Database& database) {
    return run(database,
               "UPDATE track SET size_bytes = found.size_bytes, modified_ns = found.modified_ns, state = 'pending', "
               "audio_id = NULL, error = NULL, is_missing = 0 FROM found WHERE found.path = track.path AND "
               "(found.size_bytes <> track.size_bytes OR found.modified_ns <> track.modified_ns)");
}

std::int64_t take_returned(Database& database) {
    return run(database,
               "UPDATE track SET is_missing = 0 WHERE is_missing AND EXISTS (SELECT 1 FROM found WHERE found.path = "
               "track.path)");
}

std::int64_t take_new(Database& database) {
    return run(database,
               "INSERT INTO track (path, size_bytes, modified_ns, state) SELECT path, size_bytes, modified_ns, "
               "'pending' FROM found WHERE NOT EXISTS (SELECT 1 FROM track WHERE track.path = found.path)");
}

std::int64_t take_vanished(Database& database, const Walk& walk) {
    fill_below(database, "searched", walk.roots);
    fill_below(database, "unread", walk.unread);
    return run(database,
               "UPDATE track SET is_missing = 1 WHERE NOT is_missing AND NOT EXISTS (SELECT 1 FROM found "
               "WHERE found.path = track.path) AND " +
                   is_below("searched") + " AND NOT " + is_below("unread"));
}

void keep_roots(Database& database, const std::vector<std::filesystem::path>& roots) {
    Statement insert = database.prepare("INSERT OR IGNORE INTO root VALUES (?1)");
    for (const std::filesystem::path& root : roots) insert.bind_path(1, root).run();
}

}  // namespace

WalkChanges take_walk(Catalogue& catalogue, const Walk& walk) {
    Database& database = catalogue.database();
    Transaction transaction(database);
    fill_found(database, walk.files);
    WalkChanges changes;
    changes.changed_count = take_changed(database);
    changes.returned_count = take_returned(database);
    changes.vanished_count = take_vanished(database, walk);
    changes.new_count = take_new(database);
    changes.unchanged_count = database.integer("SELECT count(*) FROM found") - changes.changed_count -
                              changes.returned_count - changes.new_count;
    keep_roots(database, walk.roots);
    transaction.commit();
    return changes;
}

std::vector<std::filesystem::path> known_roots(Catalogue& catalogue) {
    std::vector<std::filesystem::path> roots;
    Statement statement = catalogue.database().prepare("SELECT path FROM root ORDER BY path");
    while (statement.step()) roots.push_back(statement.path(0));
    return roots;
}

std::int64_t present_count(Catalogue& catalogue, const std::filesystem::path& folder) {
    Database& database = catalogue.database();
    fill_below(database, "searched", {folder});
    return database.integer("SELECT count(*) FROM track WHERE NOT is_missing AND " + is_below("searched"));
}

}  // namespace earmark::catalogue
