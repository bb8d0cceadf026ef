#include "datasets/manifest/clip_groups.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace earmark {

JoinedClips::JoinedClips(std::size_t clip_count) : parents_(clip_count) {
    std::iota(parents_.begin(), parents_.end(), std::size_t{0});
}

std::size_t JoinedClips::first_of(std::size_t clip) {
    while (parents_[clip] != clip) {
        parents_[clip] = parents_[parents_[clip]];
        clip = parents_[clip];
    }
    return clip;
}

void JoinedClips::join(std::size_t a, std::size_t b) {
    const std::size_t first = first_of(a);
    const std::size_t second = first_of(b);
    parents_[std::max(first, second)] = std::min(first, second);
}

std::vector<std::size_t> JoinedClips::groups() {
    std::vector<std::size_t> groups(parents_.size());
    std::size_t count = 0;
    for (std::size_t clip = 0; clip < groups.size(); ++clip) {
        const std::size_t first = first_of(clip);
        groups[clip] = first == clip ? count++ : groups[first];
    }
    return groups;
}

std::vector<std::size_t> clip_groups(const std::vector<ClipTies>& clips) {
    JoinedClips joined(clips.size());
    std::map<std::string, std::size_t> artists;
    std::map<std::size_t, std::size_t> copies;
    for (std::size_t i = 0; i < clips.size(); ++i) {
        if (!clips[i].artist.empty()) joined.join(artists.emplace(clips[i].artist, i).first->second, i);
        if (clips[i].copies > 0) joined.join(copies.emplace(clips[i].copies, i).first->second, i);
    }
    return joined.groups();
}

}  // namespace earmark
