#include "datasets/check/copies.h"

#include "datasets/manifest/clip_groups.h"

namespace earmark {

std::vector<std::vector<std::size_t>> copies_of(const DatasetCheck& check, std::size_t clip_count) {
    JoinedClips joined(clip_count);
    for (const EqualClips& same : check.equal_clips) {
        for (const std::size_t clip : same) joined.join(same.front(), clip);
    }
    for (const NearDuplicate& pair : check.near_duplicates) joined.join(pair.first, pair.second);
    const std::vector<std::size_t> group_of_clip = joined.groups();
    std::vector<std::vector<std::size_t>> groups(clip_count);
    for (std::size_t clip = 0; clip < clip_count; ++clip) groups[group_of_clip[clip]].push_back(clip);
    std::erase_if(groups, [](const std::vector<std::size_t>& group) { return group.size() < 2; });
    return groups;
}

std::optional<std::vector<std::vector<std::size_t>>> find_copies(const Dataset& dataset, std::size_t worker_count,
                                                                 const CheckProgress& progress) {
    bool is_wanted = true;
    const auto watched = [&](std::size_t done_count, std::size_t clip_count) {
        return is_wanted = is_wanted && progress(done_count, clip_count);
    };
    const DatasetCheck check = check_dataset(dataset, {.worker_count = worker_count}, watched);
    if (!is_wanted) return std::nullopt;
    return copies_of(check, dataset.clips.size());
}

}  // namespace earmark
