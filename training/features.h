#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "earmark/matrix.h"
#include "earmark/network.h"
#include "training/clips.h"

namespace earmark {

/// What one trained local network says of clips.
struct NetworkFeatures {
    Matrix levels;               ///< clips x feature_count(): its part of the clip vector (step 2)
    Matrix local_probabilities;  ///< clips x labels: mean over the segments of the network's own output
};

/// Runs the inference code that users run, on `worker_count` threads.
NetworkFeatures network_features(const NetworkArchitecture& architecture, const NetworkWeights& weights,
                                 const Normalisation& normalisation, const std::vector<TrainingClip>& clips,
                                 std::size_t worker_count);

/// clips x (2 * mel_bands): mean and standard deviation of every mel band over the clip; the baseline without a
/// network.
Matrix mel_statistics(const std::vector<TrainingClip>& clips);

/// Columns of several matrices side by side. REQUIRES: equal row counts, at least one matrix.
Matrix side_by_side(const std::vector<const Matrix*>& matrices);

/// `count` columns from `first` on.
Matrix columns(const Matrix& matrix, std::size_t first, std::size_t count);

}  // namespace earmark
