#include "explain/filter_reactions.h"

#include <algorithm>
#include <cassert>

#include "explain/embedding_map.h"

namespace earmark {

std::vector<FilterReaction> filter_reactions(const Model& model, const MomentStatistics& statistics,
                                             const Moment& moment) {
    std::vector<FilterReaction> reactions;
    for (const MappedBlock& block : map_embedding(model)) {
        if (block.statistic != Statistic::mean) continue;
        const std::vector<double> means = statistics.means(block.cell.scale, moment.start_s, moment.end_s);
        if (means.empty()) continue;
        for (std::size_t i = 0; i < block.count; ++i) {
            const double activation = means[block.column + i];
            const double distance = activation - static_cast<double>(model.classifier.means[block.first + i]);
            const auto deviation = static_cast<double>(model.classifier.deviations[block.first + i]);
            reactions.push_back({block.cell, i, activation, distance / deviation});
        }
    }
    std::ranges::stable_sort(reactions, std::ranges::greater(), &FilterReaction::deviations);
    return reactions;
}

// Weights are filters x bands x kernel_frames.
std::vector<float> filter_response(const Model& model, std::size_t scale, std::size_t filter) {
    const auto band_count = static_cast<std::size_t>(model.spectrogram.mel_band_count);
    const ConvolutionLayer& layer = model.architectures[scale].layers.front();
    assert(filter < static_cast<std::size_t>(layer.filter_count));
    const auto kernel_frames = static_cast<std::size_t>(layer.kernel_frames);
    const float* weight =
        model.networks[scale].convolutions.front().weights.data() + filter * band_count * kernel_frames;
    std::vector<float> response(band_count, 0.0F);
    for (float& sum : response)
        for (std::size_t frame = 0; frame < kernel_frames; ++frame) sum += *weight++;
    return response;
}

}  // namespace earmark
