#pragma once

#include <filesystem>

#include "catalogue/database.h"

namespace earmark::catalogue {

enum class Journal {
    wal,             ///< others may read while one writes; needs memory that is shared by all who have the file open
    delete_journal,  ///< works on network file systems as well
    as_it_is,        ///< that of the file; wal for a new one
};

struct CatalogueOptions {
    OpenMode mode = OpenMode::create;
    Journal journal = Journal::wal;  ///< of a file that is written
};

/// The database of a music library: its tables are described in docs/catalogue.md. One of an older version is brought
/// up to date when it is opened for writing. Belongs to one thread at a time; several may have the same file open.
class Catalogue {
public:
    /// Throws Error: not_found; unreadable; unwritable; invalid_catalogue (no database, one of another program, of a
    /// newer version, empty and not to be made, or of an older one and only read); usage (Journal::wal on a network
    /// file system).
    explicit Catalogue(const std::filesystem::path& file, const CatalogueOptions& options = {});

    Database& database() noexcept { return database_; }
    const std::filesystem::path& file() const noexcept { return database_.file(); }

private:
    void check_kind();
    void check_version();
    void check_filled();
    bool has_wal();
    void set_journal(Journal journal);
    void migrate();

    Database database_;
};

/// Where the database is unless the user names one: earmark/library.db in $XDG_STATE_HOME, or in ~/.local/state. Throws
/// Error (usage) where neither HOME nor XDG_STATE_HOME is set.
std::filesystem::path default_catalogue_path();

}  // namespace earmark::catalogue
