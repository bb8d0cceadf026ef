#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace earmark {

/// Sets of clips that grow together (union-find). At first each clip is alone.
class JoinedClips {
public:
    explicit JoinedClips(std::size_t clip_count);

    /// REQUIRES: both below clip_count.
    void join(std::size_t a, std::size_t b);

    /// The set of each clip, counted from 0 in the order of the clips.
    std::vector<std::size_t> groups();

private:
    std::size_t first_of(std::size_t clip);

    std::vector<std::size_t> parents_;  ///< a clip of the same set that is no later
};

/// What a clip may have in common with others.
struct ClipTies {
    std::string artist;      ///< plain_artist(); clips without one have none in common
    std::size_t copies = 0;  ///< Clip::copies
};

/// The group of each clip, counted from 0 in the order of the clips: clips that have an artist or copies in common are
/// in one group, and so are clips that are connected by others.
std::vector<std::size_t> clip_groups(const std::vector<ClipTies>& clips);

}  // namespace earmark
