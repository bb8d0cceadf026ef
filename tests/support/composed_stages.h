#pragma once

#include <vector>

#include "earmark/aggregation.h"
#include "earmark/model.h"
#include "earmark/network.h"
#include "earmark/spectrogram.h"
#include "tests/support/cut_segments.h"
#include "tests/support/whole_stages.h"

namespace earmark {

/// The embedding of a log-mel spectrogram (frames x mel_bands, not normalized) by the public stages one after the
/// other, without portions: what a Tagger is held to.
inline std::vector<float> composed_embedding(const Model& model, Matrix log_mel) {
    normalize(log_mel.values(), model.normalization);
    std::vector<float> embedding;
    for (std::size_t index = 0; index < model.networks.size(); ++index) {
        const NetworkArchitecture& architecture = model.architectures[index];
        Network network(architecture, model.spectrogram.mel_band_count, model.networks[index]);
        SegmentStatistics statistics(architecture.feature_count(), model.aggregation.across_segments);
        add_rows(statistics,
                 level_maxima(network, cut_segments(log_mel, static_cast<std::size_t>(architecture.segment_frames))));
        const std::vector<float> values = statistics.value();
        embedding.insert(embedding.end(), values.begin(), values.end());
    }
    return embedding;
}

/// The local model of one network: its own probabilities averaged over the segments, in the order of Model::tags.
inline std::vector<float> composed_local_probabilities(const Model& model, std::size_t network_index, Matrix log_mel) {
    normalize(log_mel.values(), model.normalization);
    const NetworkArchitecture& architecture = model.architectures[network_index];
    Network network(architecture, model.spectrogram.mel_band_count, model.networks[network_index]);
    SegmentStatistics mean(model.tags.size());
    add_rows(mean, network.probabilities(
                       cut_segments(log_mel, static_cast<std::size_t>(architecture.segment_frames)).values()));
    return mean.value();
}

}  // namespace earmark
