#pragma once

#include <cstddef>
#include <span>

#include "layers/bfloat16.h"

namespace earmark {

/// One pass over one level's activation of one segment, `activation` (frames x filters). Writes the maximum of every
/// `pool_frames` frames to `pooled` ((frames / pool_frames) x filters) and the maximum over all frames, also those that
/// do not fill a last window, to `maxima` (filters). REQUIRES: pool_frames <= frames; memory that does not overlap.
void pool_segment(std::span<const float> activation, std::size_t pool_frames, std::span<float> pooled,
                  std::span<float> maxima) noexcept;

/// The same of values that are not negative.
void pool_segment(std::span<const BFloat16> activation, std::size_t pool_frames, std::span<BFloat16> pooled,
                  std::span<BFloat16> maxima) noexcept;

}  // namespace earmark
