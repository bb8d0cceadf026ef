#include "training/augmentation/clip_augmenter.h"

#include <torch/types.h>

#include <algorithm>
#include <cmath>

#include "training/augmentation/segment_augmenter.h"
#include "training/clips/segments.h"
#include "training/fit/tensors.h"
#include "training/recipe/seeds.h"

namespace earmark {
namespace {

// Evenly over the logarithm, so that short excerpts are as frequent as they are among people's clips of all durations;
// without a shortest duration, evenly from half of the clip on.
std::size_t excerpt_frames(const Augmentation& augmentation, std::size_t whole_frames, std::uint64_t seed) {
    if (!augmentation.random_positions) return whole_frames;
    const auto shortest = static_cast<std::size_t>(augmentation.shortest_copy_frames);
    if (shortest == 0) {
        const std::size_t half = (whole_frames + 1) / 2;
        return half + seed % (whole_frames - half + 1);
    }
    if (shortest >= whole_frames) return whole_frames;
    const double share = static_cast<double>(seed >> 11U) * 0x1p-53;  // within [0, 1)
    const double frames = static_cast<double>(shortest) *
                          std::pow(static_cast<double>(whole_frames) / static_cast<double>(shortest), share);
    return std::min(whole_frames, static_cast<std::size_t>(std::lround(frames)));
}

}  // namespace

ClipAugmenter::ClipAugmenter(Augmentation augmentation, const Normalization& normalization)
    : augmentation_(augmentation), normalization_(normalization) {
    augmentation_.masked_bands = 0;
    augmentation_.masked_frames = 0;
}

Matrix ClipAugmenter::apply(const CachedFrames& frames, std::uint64_t seed) const {
    const torch::NoGradGuard no_gradients;
    const std::size_t part_frames = excerpt_frames(augmentation_, frames.frame_count, mix_seed(seed, 0, 0));
    const std::size_t first = mix_seed(seed, 1, 0) % (frames.frame_count - part_frames + 1);
    const auto unstretched = static_cast<std::size_t>(static_cast<double>(part_frames) / (1.0 + augmentation_.stretch));
    const SegmentAugmenter augmenter(augmentation_, std::max<std::size_t>(unstretched, 1), normalization_);

    const std::size_t band_count = frames.values.size() / frames.frame_count;
    const std::size_t source_count = augmenter.source_frames();
    torch::Tensor values =
        torch::empty({1, 1, static_cast<std::int64_t>(source_count), static_cast<std::int64_t>(band_count)});
    copy_segment(frames, first, source_count, values.data_ptr<float>());
    return to_matrix(augmenter.apply(values, mix_seed(seed, 2, 0)).flatten(0, 2));
}

}  // namespace earmark
