#pragma once

#include <torch/types.h>

#include <cstddef>
#include <cstdint>

#include "earmark/spectrogram.h"
#include "training/recipe/recipe.h"

namespace earmark {

/// Changes log-mel segments at random, as a recipe's [augmentation] describes. Has no state.
class SegmentAugmenter {
public:
    SegmentAugmenter(const Augmentation& augmentation, std::size_t segment_frames, const Normalization& normalization)
        : augmentation_(augmentation),
          segment_frames_(static_cast<std::int64_t>(segment_frames)),
          normalization_(normalization) {}

    /// How many frames `apply` takes for a segment: those of the segment, or more, from which a stretched one is made.
    std::size_t source_frames() const;

    /// `values` is segments x 1 x source_frames() x mel_bands, log10(1 + log_scale * mel); returns segments x 1 x
    /// segment_frames x mel_bands, normalized. What happens follows from `seed` alone.
    torch::Tensor apply(torch::Tensor values, std::uint64_t seed) const;

private:
    torch::Tensor warped(const torch::Tensor& values, at::Generator& random) const;
    void equalize(const torch::Tensor& values, at::Generator& random) const;
    void silence_high_bands(const torch::Tensor& values, at::Generator& random) const;

    Augmentation augmentation_;
    std::int64_t segment_frames_;
    Normalization normalization_;
};

}  // namespace earmark
