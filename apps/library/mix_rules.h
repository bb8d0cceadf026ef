#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace earmark {

enum class MixOrder {
    best,     ///< with the highest score first
    smooth,   ///< each next track is the one that is most similar to the track before
    shuffle,  ///< at random, and each time the same for the same tracks
};

/// The rules of one playlist. At least one of `search` and `like` is there.
struct MixRule {
    std::string name;               ///< of the playlist and of its file, without an ending
    std::string search;             ///< may be empty: every track
    std::vector<std::string> like;  ///< seeds, as for `earmark library similar`; paths are absolute
    std::string search_place;       ///< "rules.toml:4": where the search is, for messages
    std::string like_place;         ///< likewise
    std::optional<double> duration_s;
    std::size_t most = 50;            ///< tracks; where a duration is given, only if that is too
    std::size_t most_per_artist = 0;  ///< 0: any number
    double least_similarity = 0.0;
    double diversity = 0.0;
    MixOrder order = MixOrder::best;
};

/// Reads RULES.toml, which docs/music-library.md describes. Relative seeds are meant relative to it. Throws Error
/// (not_found, unreadable, invalid_recipe) that names the file, the line and the key.
std::vector<MixRule> read_mix_rules(const std::filesystem::path& file);

/// The same of a text. `file` is for messages and for relative seeds.
std::vector<MixRule> parse_mix_rules(const std::string& text, const std::filesystem::path& file);

}  // namespace earmark
