#include "training/features/network_features.h"

#include <algorithm>

namespace earmark {
namespace {

void store(const SegmentStatistics& statistics, std::span<float> target) {
    std::ranges::copy(statistics.value(), target.begin());
}

SegmentStatistics level_statistics_of(const NetworkArchitecture& architecture, Network& network, AcrossSegments rule,
                                      const Matrix& log_mel) {
    SegmentStatistics statistics(architecture.feature_count(), rule);
    for_each_block(architecture, log_mel, [&](std::span<const float> segments) {
        network.visit_level_maxima(segments, [&](std::span<const float> maxima) { statistics.add(maxima); });
    });
    return statistics;
}

SegmentStatistics local_probabilities_of(const NetworkArchitecture& architecture, Network& network,
                                         std::size_t label_count, const Matrix& log_mel) {
    SegmentStatistics statistics(label_count);
    for_each_block(architecture, log_mel, [&](std::span<const float> segments) {
        const Matrix probabilities = network.probabilities(segments);
        for (std::size_t row = 0; row < probabilities.row_count(); ++row) statistics.add(probabilities.row(row));
    });
    return statistics;
}

}  // namespace

NetworkFeatures network_features(const NetworkArchitecture& architecture, const NetworkWeights& weights,
                                 AcrossSegments rule, const Normalization& normalization,
                                 const std::vector<TrainingClip>& clips, std::size_t worker_count) {
    const std::size_t label_count = weights.output.biases.size();
    NetworkFeatures features{Matrix(clips.size(), architecture.feature_count() * statistic_count(rule)),
                             Matrix(clips.size(), label_count)};
    for_each_row(architecture, weights, log_mel_of_clips(clips, normalization), clips.size(), worker_count,
                 [&](Network& network, const Matrix& log_mel, std::size_t clip) {
                     store(level_statistics_of(architecture, network, rule, log_mel), features.levels.row(clip));
                     store(local_probabilities_of(architecture, network, label_count, log_mel),
                           features.local_probabilities.row(clip));
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

}  // namespace earmark
