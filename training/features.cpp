#include "training/features.h"

#include <algorithm>
#include <atomic>
#include <cmath>

#include "earmark/aggregation.h"
#include "model/half.h"
#include "training/workers.h"

namespace earmark {
namespace {

Matrix normalised_log_mel(const CachedFrames& frames, const Normalisation& normalisation) {
    Matrix log_mel(frames.frame_count, frames.values.size() / frames.frame_count);
    floats_from_halves(frames.values, log_mel.values());
    normalise(log_mel.values(), normalisation);
    return log_mel;
}

void store_mean(const Matrix& segments, std::span<float> target) {
    SegmentMean mean(segments.column_count());
    mean.add(segments);
    const std::vector<float> values = mean.value();
    std::copy(values.begin(), values.end(), target.begin());
}

}  // namespace

NetworkFeatures network_features(const NetworkArchitecture& architecture, const NetworkWeights& weights,
                                 const Normalisation& normalisation, const std::vector<TrainingClip>& clips,
                                 std::size_t worker_count) {
    NetworkFeatures features{Matrix(clips.size(), architecture.feature_count()),
                             Matrix(clips.size(), weights.output.biases.size())};
    if (clips.empty()) return features;
    const auto band_count = static_cast<int>(clips.front().frames.values.size() / clips.front().frames.frame_count);
    std::atomic<std::size_t> next_clip = 0;
    const auto work = [&] {
        Network network(architecture, band_count, weights);
        for (std::size_t clip = next_clip++; clip < clips.size(); clip = next_clip++) {
            const Matrix segments = cut_segments(normalised_log_mel(clips[clip].frames, normalisation),
                                                 static_cast<std::size_t>(architecture.segment_frames));
            store_mean(network.level_maxima(segments), features.levels.row(clip));
            store_mean(network.probabilities(segments), features.local_probabilities.row(clip));
        }
    };
    run_on_workers(worker_count, work);
    return features;
}

Matrix mel_statistics(const std::vector<TrainingClip>& clips) {
    if (clips.empty()) return {};
    const std::size_t band_count = clips.front().frames.values.size() / clips.front().frames.frame_count;
    Matrix statistics(clips.size(), 2 * band_count);
    for (std::size_t clip = 0; clip < clips.size(); ++clip) {
        const CachedFrames& frames = clips[clip].frames;
        const auto count = static_cast<double>(frames.frame_count);
        for (std::size_t band = 0; band < band_count; ++band) {
            double sum = 0.0;
            double square_sum = 0.0;
            for (std::size_t i = band; i < frames.values.size(); i += band_count) {
                const double value = float_from_half(frames.values[i]);
                sum += value;
                square_sum += value * value;
            }
            const double mean = sum / count;
            statistics(clip, band) = static_cast<float>(mean);
            statistics(clip, band_count + band) =
                static_cast<float>(std::sqrt(std::max(square_sum / count - mean * mean, 0.0)));
        }
    }
    return statistics;
}

Matrix side_by_side(const std::vector<const Matrix*>& matrices) {
    std::size_t column_count = 0;
    for (const Matrix* matrix : matrices) column_count += matrix->column_count();
    Matrix joined(matrices.front()->row_count(), column_count);
    for (std::size_t row = 0; row < joined.row_count(); ++row) {
        auto target = joined.row(row).begin();
        for (const Matrix* matrix : matrices) {
            const std::span<const float> values = matrix->row(row);
            target = std::copy(values.begin(), values.end(), target);
        }
    }
    return joined;
}

Matrix columns(const Matrix& matrix, std::size_t first, std::size_t count) {
    Matrix part(matrix.row_count(), count);
    for (std::size_t row = 0; row < part.row_count(); ++row) {
        const std::span<const float> values = matrix.row(row).subspan(first, count);
        std::copy(values.begin(), values.end(), part.row(row).begin());
    }
    return part;
}

}  // namespace earmark
