#include <algorithm>
#include <cassert>
#include <map>
#include <random>

#include "datasets/manifest/clip_groups.h"
#include "datasets/manifest/dataset.h"
#include "earmark/error.h"

namespace earmark {
namespace {

struct ArtistClips {
    std::string artist;  ///< of several spellings the first in alphabetical order
    std::vector<std::size_t> clips;
};

using ClipLists = std::vector<std::vector<std::size_t>>;

/// Indices of clips that must stay together: those without an artist alone, then one list for each artist, in
/// alphabetical order.
ClipLists artists_of(const Dataset& dataset, bool by_artist) {
    std::map<std::string, ArtistClips> by_plain_artist;
    ClipLists groups;
    for (std::size_t i = 0; i < dataset.clips.size(); ++i) {
        const std::string& artist = dataset.clips[i].artist;
        if (!by_artist || artist.empty()) {
            groups.push_back({i});
            continue;
        }
        auto& [spelling, clips] = by_plain_artist[plain_artist(artist)];
        if (clips.empty() || artist < spelling) spelling = artist;
        clips.push_back(i);
    }
    std::map<std::string, std::vector<std::size_t>> artists;
    for (auto& [name, artist] : by_plain_artist) artists.emplace(artist.artist, std::move(artist.clips));
    if (by_artist && artists.empty()) {
        throw Error(ErrorCode::invalid_dataset,
                    dataset.manifest.string() + ": expected a column 'artist' to group by, found no artist");
    }
    for (auto& [artist, clips] : artists) groups.push_back(std::move(clips));
    return groups;
}

/// The same with copies together: joined lists take the place of the first of them.
ClipLists groups_of(const Dataset& dataset, bool by_artist) {
    ClipLists lists = artists_of(dataset, by_artist);
    std::vector<ClipTies> ties;
    for (const Clip& clip : dataset.clips)
        ties.push_back({by_artist ? plain_artist(clip.artist) : std::string(), clip.copies});
    const std::vector<std::size_t> group_of_clip = clip_groups(ties);
    std::map<std::size_t, std::size_t> places;
    ClipLists groups;
    for (std::vector<std::size_t>& list : lists) {
        const std::size_t place = places.emplace(group_of_clip[list.front()], groups.size()).first->second;
        if (place == groups.size()) groups.emplace_back();
        groups[place].insert(groups[place].end(), list.begin(), list.end());
    }
    return groups;
}

/// The same with every standard library.
template <typename Value>
void shuffle(std::vector<Value>& values, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    for (std::size_t i = values.size(); i > 1; --i) std::swap(values[i - 1], values[random() % i]);
}

bool has_copies(const Dataset& dataset) {
    return std::ranges::any_of(dataset.clips, [](const Clip& clip) { return clip.copies > 0; });
}

/// The fold of each clip. The largest groups go first, each to the fold that has the fewest clips so far.
std::vector<std::size_t> folds_of_clips(const Dataset& dataset, const FoldPlan& plan) {
    auto groups = groups_of(dataset, plan.by_artist);
    if (groups.size() < plan.fold_count) {
        throw Error(ErrorCode::invalid_dataset,
                    dataset.manifest.string() + ": expected at least " + std::to_string(plan.fold_count) +
                        (plan.by_artist ? " artists" : " clips") + ", one for each fold, found " +
                        std::to_string(groups.size()) + (has_copies(dataset) ? " (copies count once)" : ""));
    }
    shuffle(groups, plan.seed);
    std::ranges::stable_sort(groups, std::ranges::greater(), [](const auto& group) { return group.size(); });
    std::vector<std::size_t> sizes(plan.fold_count, 0);
    std::vector<std::size_t> folds(dataset.clips.size());
    for (const auto& group : groups) {
        const auto fold = static_cast<std::size_t>(std::ranges::min_element(sizes) - sizes.begin());
        sizes[fold] += group.size();
        for (const std::size_t clip : group) folds[clip] = fold;
    }
    return folds;
}

}  // namespace

void assign_fold(Dataset& dataset, const FoldPlan& plan, std::size_t fold) {
    assert(fold < plan.fold_count);
    if (plan.fold_count < 3) {
        throw Error(ErrorCode::invalid_dataset,
                    "cross-validation: expected at least 3 folds (train, valid, test), found " +
                        std::to_string(plan.fold_count));
    }
    const std::vector<std::size_t> folds = folds_of_clips(dataset, plan);
    for (std::size_t i = 0; i < folds.size(); ++i) {
        const bool is_valid = folds[i] == (fold + 1) % plan.fold_count;
        dataset.clips[i].split = folds[i] == fold ? "test" : is_valid ? "valid" : "train";
    }
}

}  // namespace earmark
