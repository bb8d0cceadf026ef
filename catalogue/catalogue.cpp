#include "catalogue/catalogue.h"

#include <chrono>
#include <cstdlib>
#include <string>
#include <system_error>
#include <thread>

#include "catalogue/file_system.h"
#include "catalogue/schema.h"

namespace earmark::catalogue {
namespace {

std::int64_t newest_version() { return static_cast<std::int64_t>(migrations().size()); }

// Before SQLite makes any file there.
const std::filesystem::path& prepared(const std::filesystem::path& file, const CatalogueOptions& options) {
    const std::filesystem::path folder = file.has_parent_path() ? file.parent_path() : ".";
    if (options.mode == OpenMode::create) {
        std::error_code error;
        std::filesystem::create_directories(folder, error);
        if (error) throw Error(ErrorCode::unwritable, folder.string() + ": cannot be made: " + error.message());
    }
    std::error_code error;
    const bool makes_wal = options.journal == Journal::wal ||
                           (options.journal == Journal::as_it_is && !std::filesystem::exists(file, error));
    if (options.mode == OpenMode::read || !makes_wal) return file;
    const FileSystem system = file_system_of(folder);
    if (system.is_network)
        throw Error(ErrorCode::usage, file.string() + ": is on a network file system (" + system.name +
                                          "), where several programs may damage the database; name one on a local "
                                          "disk with --db, or use --journal delete");
    return file;
}

}  // namespace

Catalogue::Catalogue(const std::filesystem::path& file, const CatalogueOptions& options)
    : database_(prepared(file, options), options.mode) {
    check_kind();
    database_.execute("PRAGMA foreign_keys = ON");
    if (options.mode == OpenMode::read) {
        check_version();
    } else {
        if (options.mode == OpenMode::write) check_filled();
        set_journal(options.journal);
        migrate();
    }
}

/// SQLite does not wait for others here.
void Catalogue::set_journal(Journal journal) {
    constexpr int most_attempts = 500;
    constexpr std::chrono::milliseconds pause{20};
    // In WAL a commit reaches the disk with the next checkpoint: only a crash of the machine can lose it, and none
    // can damage the file.
    const bool is_wal = journal == Journal::wal || (journal == Journal::as_it_is && has_wal());
    const char* const sql = is_wal ? "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL"
                                   : "PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL";
    for (int attempt = 1;; ++attempt) {
        try {
            return database_.execute(sql);
        } catch (const DatabaseError& error) {
            if (!error.is_busy() || attempt == most_attempts) throw;
        }
        std::this_thread::sleep_for(pause);
    }
}

void Catalogue::check_kind() {
    const std::string name = file().string() + ": ";
    database_.execute("BEGIN");  // somebody else may make it at this moment
    const std::int64_t version = database_.integer("PRAGMA user_version");
    const std::int64_t id = database_.integer("PRAGMA application_id");
    const bool is_empty = database_.integer("SELECT count(*) FROM sqlite_schema") == 0;
    database_.execute("COMMIT");
    if ((id != application_id && !(id == 0 && is_empty)) || version < 0)
        throw Error(ErrorCode::invalid_catalogue,
                    name + "is a database of another program; expected a library made by 'earmark library scan'");
    if (version > newest_version())
        throw Error(ErrorCode::invalid_catalogue, name + "is of version " + std::to_string(version) +
                                                      ", made by a newer Earmark; this one knows versions up to " +
                                                      std::to_string(newest_version()));
}

bool Catalogue::has_wal() {
    return database_.integer("PRAGMA user_version") == 0 || database_.text("PRAGMA journal_mode") == "wal";
}

void Catalogue::check_filled() {
    if (database_.integer("SELECT count(*) FROM sqlite_schema") > 0) return;
    throw Error(ErrorCode::invalid_catalogue, file().string() + ": is empty; 'earmark library scan' fills it");
}

/// Only who writes can bring it up to date.
void Catalogue::check_version() {
    const std::int64_t version = database_.integer("PRAGMA user_version");
    if (version == newest_version()) return;
    check_filled();
    throw Error(ErrorCode::invalid_catalogue, file().string() + ": is of version " + std::to_string(version) +
                                                  ", made by an older Earmark; 'earmark library scan' brings it up to "
                                                  "date");
}

/// Somebody else may do the same at this moment.
void Catalogue::migrate() {
    if (database_.integer("PRAGMA user_version") == newest_version()) return;
    Transaction transaction(database_);
    for (std::int64_t version = database_.integer("PRAGMA user_version"); version < newest_version(); ++version)
        database_.execute(migrations()[static_cast<std::size_t>(version)]);
    database_.execute("PRAGMA application_id = " + std::to_string(application_id));
    database_.execute("PRAGMA user_version = " + std::to_string(newest_version()));
    transaction.commit();
}

std::filesystem::path default_catalogue_path() {
    constexpr const char* file = "earmark/library.db";
    if (const char* const state = std::getenv("XDG_STATE_HOME"); state != nullptr && *state == '/')
        return std::filesystem::path(state) / file;
    if (const char* const home = std::getenv("HOME"); home != nullptr && *home != '\0')
        return std::filesystem::path(home) / ".local/state" / file;
    throw Error(ErrorCode::usage, "--db: the environment has neither XDG_STATE_HOME nor HOME; expected a file");
}

}  // namespace earmark::catalogue
