#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "earmark/aggregation.h"
#include "earmark/matrix.h"
#include "earmark/network.h"
#include "training/clips/clips.h"

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

/// The normalized log-mel frames of a row of embeddings: frames x bands. Called from several threads.
using LogMelOfRow = std::function<Matrix(std::size_t row)>;

/// The values of one trained local network in the embedding, as in NetworkFeatures, from any frames: rows x
/// feature_count(), once for each statistic.
Matrix level_statistics(const NetworkArchitecture& architecture, const NetworkWeights& weights, AcrossSegments rule,
                        const LogMelOfRow& log_mel_of, std::size_t row_count, std::size_t worker_count);

/// (clips * segments_per_clip) x dense units: the dense layer of a local network for segments that are evenly spread
/// over each clip; those of a short clip come more than once.
Matrix dense_outputs(const NetworkArchitecture& architecture, const NetworkWeights& weights,
                     const Normalization& normalization, const std::vector<TrainingClip>& clips,
                     std::size_t segments_per_clip, std::size_t worker_count);

/// clips x (2 * mel_bands): mean and standard deviation of every mel band over the clip; the baseline without a
/// network.
Matrix mel_statistics(const std::vector<TrainingClip>& clips);

/// clips x 80: mean and standard deviation of 20 mel-frequency cepstral coefficients and of their differences from
/// frame to frame; the classic baseline. The coefficients are those of the orthonormal DCT-II of the log-mel frames.
Matrix mfcc_statistics(const std::vector<TrainingClip>& clips);

/// External embeddings, such as those of another program: a TAB-separated file without header, one clip a line,
/// its path as in the manifest and then its numbers, as many in every line. Returns clips x numbers. Throws Error:
/// not_found, unreadable, invalid_dataset (names the line, or a clip that is missing).
Matrix read_external_embeddings(const std::filesystem::path& path, const std::vector<TrainingClip>& clips);

/// Columns of several matrices side by side. REQUIRES: equal row counts, at least one matrix.
Matrix side_by_side(const std::vector<const Matrix*>& matrices);

/// The rows of one matrix, then those of the other. REQUIRES: equal column counts, or a matrix without rows.
Matrix above(const Matrix& upper, const Matrix& lower);

/// `count` columns from `first` on.
Matrix columns(const Matrix& matrix, std::size_t first, std::size_t count);

}  // namespace earmark
