#pragma once

#include <cstddef>
#include <vector>

#include "earmark/matrix.h"
#include "earmark/network.h"
#include "earmark/spectrogram.h"
#include "training/clips/clips.h"

namespace earmark {

/// (clips * segments_per_clip) x dense units: the dense layer of a local network for segments that are evenly spread
/// over each clip; those of a short clip come more than once.
Matrix dense_outputs(const NetworkArchitecture& architecture, const NetworkWeights& weights,
                     const Normalization& normalization, const std::vector<TrainingClip>& clips,
                     std::size_t segments_per_clip, std::size_t worker_count);

}  // namespace earmark
