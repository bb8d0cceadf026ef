#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "catalogue/catalogue.h"
#include "catalogue/file_stamp.h"

namespace earmark::catalogue {

/// What a search for files has found.
struct Walk {
    struct File {
        std::filesystem::path path;  ///< absolute
        FileStamp stamp;
    };

    std::vector<File> files;                    ///< each path once
    std::vector<std::filesystem::path> roots;   ///< files and folders in which all of them are
    std::vector<std::filesystem::path> unread;  ///< below the roots, folders that could not be read
};

/// How a walk differs from what was known.
struct WalkChanges {
    std::int64_t new_count = 0;
    std::int64_t changed_count = 0;
    std::int64_t vanished_count = 0;
    std::int64_t returned_count = 0;  ///< they were missing, and are there again as they were
    std::int64_t unchanged_count = 0;
};

/// Brings the tracks below the roots up to date, in one transaction: new and changed ones are pending, those that were
/// not found are missing, except in folders that could not be read. Keeps the roots. Throws DatabaseError.
WalkChanges take_walk(Catalogue& catalogue, const Walk& walk);

/// The roots of all walks before. Throws DatabaseError.
std::vector<std::filesystem::path> known_roots(Catalogue& catalogue);

/// How many tracks below a folder are not missing. Throws DatabaseError.
std::int64_t present_count(Catalogue& catalogue, const std::filesystem::path& folder);

}  // namespace earmark::catalogue
