#pragma once

#include <cstddef>
#include <limits>
#include <string>
#include <vector>

#include "earmark/tag.h"

namespace earmark {

/// A tag that a query may name.
struct QueryTag {
    std::string name;
    TagCategory category = TagCategory::other;
};

/// The numbers from `low` to `high`; a border may be left out of it.
struct NumberRange {
    double low = -std::numeric_limits<double>::infinity();
    double high = std::numeric_limits<double>::infinity();
    bool has_low = true;   ///< whether `low` itself belongs to it
    bool has_high = true;  ///< whether `high` itself belongs to it

    bool contains(double value) const noexcept {
        return (has_low ? value >= low : value > low) && (has_high ? value <= high : value < high);
    }
    bool operator==(const NumberRange&) const = default;
};

/// A search as a tree: what is asked for, or how that is joined.
struct Query {
    enum class Kind {
        all_of,       ///< every one of `parts`, of which there are at least two
        any_of,       ///< at least one of `parts`, of which there are at least two
        none_of,      ///< not `parts`, of which there is one
        tag,          ///< the tag is present
        probability,  ///< the probability of the tag is in `range`
        text,         ///< title, artist or album have the words of `text` one after the other
        title,
        artist,  ///< of the track or of the album
        album,
        status,    ///< that the analysis has is `text`, as to_string(ClipStatus) has it
        path,      ///< the path has `text` in it; '*' is any text and '?' any byte; the case of ASCII does not matter
        year,      ///< is in `range`
        duration,  ///< seconds, in `range`
    };

    Kind kind = Kind::all_of;
    std::vector<Query> parts = {};
    std::size_t tag_index = 0;  ///< of `tag` and `probability`: into the tags that parse_query() got
    std::string text = {};  ///< of `text`, `title`, `artist`, `album`, `path`, `status`; not empty; may end with '*'
    NumberRange range = {};

    bool operator==(const Query&) const = default;
};

/// Longer searches, and more brackets or negations within each other, are refused.
inline constexpr std::size_t longest_query_bytes = 10'000;
inline constexpr std::size_t deepest_query = 100;

/// Reads the search language, which docs/music-library.md describes: 'genre:jazz and calm and not vocal'. Names of tags
/// may be in any case, with '-' or '_' for spaces; of the names that fit at a place, the longest one counts. Throws
/// Error (usage) that quotes the search, with the place and what was expected there. Thread-safe.
Query parse_query(const std::string& text, const std::vector<QueryTag>& tags);

/// The search as text that parse_query() reads as the same tree. REQUIRES: the same tags, and a tree as
/// parse_query() makes it. Thread-safe.
std::string to_string(const Query& query, const std::vector<QueryTag>& tags);

/// The tags that the query asks for, and not for their absence: into the tags that parse_query() got. Thread-safe.
std::vector<std::size_t> wanted_tags(const Query& query);

/// Whether the query has a `status:` anywhere. Thread-safe.
bool names_status(const Query& query);

/// The words of the query that are searched for in titles, artists and albums because no tag is called so: after a
/// search without a result, one of them may have been meant as a tag. Thread-safe.
std::vector<std::string> free_words(const Query& query);

}  // namespace earmark
