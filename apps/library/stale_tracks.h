#pragma once

#include <cstddef>
#include <string>

#include "catalogue/database.h"

namespace earmark {

/// How many tracks that are not missing another model than the current one has analyzed. Searches do not find them.
std::size_t stale_track_count(catalogue::Database& database);

/// "6 tracks analyzed by another model cannot be searched: ..." with what to do; empty where there is none.
std::string note_of_stale_tracks(catalogue::Database& database);

/// Prints this note on standard error, where there is one.
void report_stale_tracks(catalogue::Database& database);

}  // namespace earmark
