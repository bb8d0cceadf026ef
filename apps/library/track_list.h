#pragma once

#include <CLI/App.hpp>
#include <cstddef>
#include <string>
#include <vector>

#include "catalogue/track_row.h"

namespace earmark {

/// Tracks that a command found, with what it found them by.
struct TrackList {
    struct Entry {
        catalogue::TrackRow track;
        double score = 0.0;
    };
    std::string score_name{};  ///< "score", "similarity"
    std::string title{};       ///< of a playlist
    std::vector<Entry> entries{};
};

/// How a list is written, and where to.
struct TrackListOptions {
    std::string format{};  ///< empty: by the ending of `out`, else text
    std::string out{};     ///< empty: standard output
    bool is_relative = false;
};

/// --format, --out, --relative.
void add_track_list_options(CLI::App& command, TrackListOptions& options);

/// Throws what write_track_list() would throw for its options, before the work: Error (usage, unwritable).
void check_track_list_options(const TrackListOptions& options);

/// The list in the format of the options. Prints what had to be left out.
std::string track_list_text(const TrackList& list, const TrackListOptions& options);

/// Writes that. Throws Error (unwritable).
void write_track_list(const TrackList& list, const TrackListOptions& options);

}  // namespace earmark
