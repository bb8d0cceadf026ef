#pragma once

#include <cstddef>
#include <vector>

#include "earmark/aggregation.h"
#include "earmark/matrix.h"
#include "earmark/network.h"
#include "training/clips/clips.h"
#include "training/features/network_runs.h"

namespace earmark {

/// What one trained local network computes of clips.
struct NetworkFeatures {
    Matrix levels;  ///< its values in the embedding (step 2): clips x feature_count(), once for each statistic
    Matrix local_probabilities;  ///< clips x labels: mean over the segments of the network's own output
};

/// Runs the inference code that users run, on `worker_count` threads.
NetworkFeatures network_features(const NetworkArchitecture& architecture, const NetworkWeights& weights,
                                 AcrossSegments rule, const Normalization& normalization,
                                 const std::vector<TrainingClip>& clips, std::size_t worker_count);

/// The values of one trained local network in the embedding, as in NetworkFeatures, from any frames: rows x
/// feature_count(), once for each statistic.
Matrix level_statistics(const NetworkArchitecture& architecture, const NetworkWeights& weights, AcrossSegments rule,
                        const LogMelOfRow& log_mel_of, std::size_t row_count, std::size_t worker_count);

}  // namespace earmark
