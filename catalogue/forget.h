#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "catalogue/catalogue.h"

namespace earmark::catalogue {

struct Forgotten {
    std::int64_t track_count = 0;
    std::int64_t root_count = 0;  ///< paths that scans were asked for, and that are not searched any more
    std::int64_t kept_count = 0;  ///< tracks below the paths whose files are there
};

/// Removes the tracks that the last scan missed, in one transaction, with all results that belong to no other track.
/// `paths`: only tracks that are one of them or below one, and also those whose files are not there now, with the paths
/// of scans that are not there. Throws DatabaseError.
Forgotten forget(Catalogue& catalogue, const std::vector<std::filesystem::path>& paths);

/// Whether tracks, there or missing, or paths of scans are this path or below it. Throws DatabaseError.
bool has_anything_below(Catalogue& catalogue, const std::filesystem::path& path);

}  // namespace earmark::catalogue
