#include "training/features/network_features.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <stop_token>

#include "base/float16.h"
#include "base/side_by_side.h"
#include "earmark/aggregation.h"

namespace earmark {
namespace {

Matrix normalized_log_mel(const CachedFrames& frames, const Normalization& normalization) {
    Matrix log_mel(frames.frame_count, frames.values.size() / frames.frame_count);
    floats_from_halves(frames.values, log_mel.values());
    normalize(log_mel.values(), normalization);
    return log_mel;
}

void store(const SegmentStatistics& statistics, std::span<float> target) {
    std::ranges::copy(statistics.value(), target.begin());
}

// Calls `visit(segments)` with the segments of a clip, block after block, as the tagger does.
template <typename Visit>
void for_each_block(const NetworkArchitecture& architecture, const Matrix& log_mel, const Visit& visit) {
    constexpr std::size_t block_segments = 64;
    SegmentStream stream(static_cast<std::size_t>(architecture.segment_frames), log_mel.column_count(), block_segments);
    const auto run = [&](std::span<const float> segments) { visit(segments); };
    for (std::size_t frame = 0; frame < log_mel.row_count(); ++frame) stream.add(log_mel.row(frame), run);
    stream.finish(run);
}

// Calls `visit(network, log_mel, row)` once for every row, on as many threads as asked for, each with its own network.
template <typename Visit>
void for_each_row(const NetworkArchitecture& architecture, const NetworkWeights& weights, const LogMelOfRow& log_mel_of,
                  std::size_t row_count, std::size_t worker_count, const Visit& visit) {
    const auto shared = std::make_shared<const NetworkWeights>(weights);
    const auto make_worker = [&] {
        return [&, network = std::optional<Network>()](std::size_t row, const std::stop_token&) mutable {
            const Matrix log_mel = log_mel_of(row);
            if (!network) network.emplace(architecture, static_cast<int>(log_mel.column_count()), shared);
            visit(*network, log_mel, row);
            return std::optional(row);
        };
    };
    work_side_by_side({.worker_count = worker_count, .in_order = false}, indices_below(row_count), make_worker,
                      [](std::size_t) {});
}

SegmentStatistics level_statistics_of(const NetworkArchitecture& architecture, Network& network, AcrossSegments rule,
                                      const Matrix& log_mel) {
    SegmentStatistics statistics(architecture.feature_count(), rule);
    for_each_block(architecture, log_mel, [&](std::span<const float> segments) {
        network.visit_level_maxima(segments, [&](std::span<const float> maxima) { statistics.add(maxima); });
    });
    return statistics;
}

}  // namespace

NetworkFeatures network_features(const NetworkArchitecture& architecture, const NetworkWeights& weights,
                                 AcrossSegments rule, const Normalization& normalization,
                                 const std::vector<TrainingClip>& clips, std::size_t worker_count) {
    NetworkFeatures features{Matrix(clips.size(), architecture.feature_count() * statistic_count(rule)),
                             Matrix(clips.size(), weights.output.biases.size())};
    const LogMelOfRow log_mel_of = [&](std::size_t clip) {
        return normalized_log_mel(clips[clip].frames, normalization);
    };
    for_each_row(architecture, weights, log_mel_of, clips.size(), worker_count,
                 [&](Network& network, const Matrix& log_mel, std::size_t clip) {
                     store(level_statistics_of(architecture, network, rule, log_mel), features.levels.row(clip));
                     SegmentStatistics local(features.local_probabilities.column_count());
                     for_each_block(architecture, log_mel, [&](std::span<const float> segments) {
                         const Matrix probabilities = network.probabilities(segments);
                         for (std::size_t row = 0; row < probabilities.row_count(); ++row)
                             local.add(probabilities.row(row));
                     });
                     store(local, features.local_probabilities.row(clip));
                 });
    return features;
}

Matrix level_statistics(const NetworkArchitecture& architecture, const NetworkWeights& weights, AcrossSegments rule,
                        const LogMelOfRow& log_mel_of, std::size_t row_count, std::size_t worker_count) {
    Matrix levels(row_count, architecture.feature_count() * statistic_count(rule));
    for_each_row(architecture, weights, log_mel_of, row_count, worker_count,
                 [&](Network& network, const Matrix& log_mel, std::size_t row) {
                     store(level_statistics_of(architecture, network, rule, log_mel), levels.row(row));
                 });
    return levels;
}

Matrix dense_outputs(const NetworkArchitecture& architecture, const NetworkWeights& weights,
                     const Normalization& normalization, const std::vector<TrainingClip>& clips,
                     std::size_t segments_per_clip, std::size_t worker_count) {
    Matrix outputs(clips.size() * segments_per_clip, weights.dense.biases.size());
    const LogMelOfRow log_mel_of = [&](std::size_t clip) {
        return normalized_log_mel(clips[clip].frames, normalization);
    };
    for_each_row(architecture, weights, log_mel_of, clips.size(), worker_count,
                 [&](Network& network, const Matrix& log_mel, std::size_t clip) {
                     std::vector<float> rows;
                     for_each_block(architecture, log_mel, [&](std::span<const float> segments) {
                         const Matrix block = network.dense_outputs(segments);
                         rows.insert(rows.end(), block.values().begin(), block.values().end());
                     });
                     const std::size_t row_count = rows.size() / outputs.column_count();
                     for (std::size_t i = 0; i < segments_per_clip; ++i) {
                         const std::size_t segment = i * row_count / segments_per_clip;
                         std::copy_n(rows.begin() + static_cast<std::ptrdiff_t>(segment * outputs.column_count()),
                                     outputs.column_count(), outputs.row(clip * segments_per_clip + i).begin());
                     }
                 });
    return outputs;
}

}  // namespace earmark
