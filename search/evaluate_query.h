#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "search/query.h"

namespace earmark {

/// What the tracks that are searched have, in columns: one value for each track, always in the same order.
class TrackColumns {
public:
    struct TagColumn {
        std::vector<float> probabilities;  ///< within [0, 1]
        std::vector<bool> is_present;
    };

    virtual ~TrackColumns() = default;

    virtual std::size_t track_count() const = 0;
    virtual TagColumn tag(std::size_t index) = 0;  ///< of the tags that parse_query() got

    /// Whether the field has the words of `text` one after the other. `field` is text (title, artist or album), title,
    /// artist or album.
    virtual std::vector<bool> has_words(Query::Kind field, const std::string& text) = 0;
    virtual std::vector<bool> has_status(const std::string& status) = 0;  ///< as to_string(ClipStatus) has it
    virtual std::vector<bool> has_in_path(const std::string& text) = 0;
    virtual std::vector<double> years() = 0;        ///< NaN where it is not known
    virtual std::vector<double> durations_s() = 0;  ///< NaN where it is not known
};

/// A track that fits a search.
struct FoundTrack {
    std::size_t track = 0;  ///< index into the columns
    double score = 0.0;     ///< within [0, 1]
};

/// The tracks that fit, with the highest score first, equals in the order of the columns. The score is the probability
/// that all holds that was asked for, if the tags were independent of each other: that of a tag is its probability (of
/// `tag<P` 1 minus it), that of words, paths, statuses and numbers 1 or 0, that of 'not x' 1 minus the score of x, of
/// 'x and y' the product, of 'x or y' 1 - (1 - x)(1 - y). Whether a track fits is decided by the thresholds alone.
/// Throws what the columns throw.
std::vector<FoundTrack> evaluate(const Query& query, TrackColumns& columns);

/// Whether `path` has `pattern` in it, as Query::Kind::path describes. Thread-safe.
bool path_has(const std::string& path, const std::string& pattern);

}  // namespace earmark
