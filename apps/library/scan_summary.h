#pragma once

#include <string>

#include "apps/library/scan.h"
#include "catalogue/catalogue.h"
#include "catalogue/walk.h"

namespace earmark {

/// What came of a scan.
struct ScanSummary {
    catalogue::WalkChanges changes{};
    std::size_t waiting_count = 0;  ///< files that were to be read
    ScanCounts counts{};
    double elapsed_s = 0.0;

    /// Files that are new, changed, moved, missing or there again.
    std::size_t changed_count() const noexcept;

    std::size_t done_count() const noexcept {
        return counts.analyzed_count + counts.known_count + counts.failed_count + counts.film_count;
    }
};

/// For people, some lines. Throws DatabaseError.
std::string text(const ScanSummary& summary, catalogue::Catalogue& catalogue);

}  // namespace earmark
