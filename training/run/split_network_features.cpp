#include "training/run/split_network_features.h"

#include "training/augmentation/clip_augmenter.h"
#include "training/features/columns.h"
#include "training/recipe/seeds.h"

namespace earmark {
namespace {

// The seeds of augmented copies are apart from those of what is trained.
constexpr std::uint64_t copies_task = 2000;

Matrix levels_of_copies(const Recipe& recipe, std::size_t network, const NetworkWeights& weights,
                        const TrainingClips& clips, std::size_t worker_count) {
    const std::size_t clip_count = clips.train.size();
    const ClipAugmenter augmenter(recipe.augmentation, clips.normalization);
    const auto log_mel_of = [&](std::size_t row) {
        return augmenter.apply(clips.train[row % clip_count].frames, mix_seed(recipe.seed, copies_task, row));
    };
    return level_statistics(recipe.networks[network], weights, recipe.aggregation.across_segments, log_mel_of,
                            clip_count * static_cast<std::size_t>(recipe.augmented_copies), worker_count);
}

}  // namespace

NetworkSplitFeatures split_network_features(const Recipe& recipe, std::size_t network, const NetworkWeights& weights,
                                            const TrainingClips& clips, std::size_t worker_count) {
    const auto features = [&](const std::vector<TrainingClip>& split) {
        return network_features(recipe.networks[network], weights, recipe.aggregation.across_segments,
                                clips.normalization, split, worker_count);
    };
    NetworkSplitFeatures all{features(clips.train), features(clips.valid), features(clips.test)};
    if (recipe.augmented_copies > 0) {
        all.train.levels = above(all.train.levels, levels_of_copies(recipe, network, weights, clips, worker_count));
    }
    return all;
}

}  // namespace earmark
