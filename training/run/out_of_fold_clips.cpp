#include "training/run/out_of_fold_clips.h"

#include <algorithm>
#include <string>
#include <utility>

namespace earmark {
namespace {

constexpr std::size_t fold_count = 5;

FoldClips clips_of_fold(Dataset dataset, const FoldPlan& plan, std::size_t fold, bool is_validated) {
    assign_fold(dataset, plan, fold);
    FoldClips chosen;
    for (std::size_t i = 0; i < dataset.clips.size(); ++i) {
        const std::string& split = dataset.clips[i].split;
        if (split == "test")
            chosen.held_out.push_back(i);
        else if (split == "valid" && is_validated)
            chosen.valid.push_back(i);
        else
            chosen.train.push_back(i);
    }
    if (!is_validated) chosen.valid = chosen.held_out;
    return chosen;
}

}  // namespace

Dataset learning_clips(const Dataset& dataset) {
    Dataset chosen{dataset.folder, dataset.manifest, dataset.split("train")};
    std::ranges::move(dataset.split("valid"), std::back_inserter(chosen.clips));
    return chosen;
}

std::vector<FoldClips> out_of_fold_clips(const Dataset& dataset, bool is_validated) {
    FoldPlan plan;
    plan.fold_count = fold_count;
    plan.by_artist = std::ranges::any_of(dataset.clips, [](const Clip& clip) { return !clip.artist.empty(); });
    std::vector<FoldClips> folds;
    for (std::size_t fold = 0; fold < fold_count; ++fold)
        folds.push_back(clips_of_fold(dataset, plan, fold, is_validated));
    return folds;
}

}  // namespace earmark
