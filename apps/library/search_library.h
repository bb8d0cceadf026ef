#pragma once

#include <cstddef>
#include <string>

#include "apps/library/track_list.h"
#include "catalogue/database.h"
#include "search/choice.h"

namespace earmark {

/// What of a library is asked for.
struct LibrarySearch {
    std::string query;
    std::size_t most = 0;             ///< 0: all that fit
    std::size_t most_per_artist = 0;  ///< 0: any number
    bool has_copies = true;           ///< else each recording comes once
    double diversity = 0.0;           ///< within [0, 1]
};

/// The tracks that fit, with the highest score first; those that are no music only if the query has a `status:`. Throws
/// Error: usage (the query), not_found (nothing was scanned).
TrackList search_library(catalogue::Database& database, const LibrarySearch& search);

/// What is to be printed when nothing was found, after "; ": which words were searched for as text, the tags that may
/// have been meant, tags that are also words of titles, and how many tracks fit that are no music. Empty where there is
/// nothing to add.
std::string hint_after_nothing(catalogue::Database& database, const std::string& query);

/// For Choice.
RecordingFacts facts_of(const catalogue::TrackRow& track, std::size_t row);

}  // namespace earmark
