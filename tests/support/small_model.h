#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "earmark/model.h"
#include "tests/support/lcg.h"

namespace earmark {

/// Weights within +-sqrt(6 / inputs) (He uniform) and biases within +-0.1, as in tests/golden/*/generate.py.
inline LayerWeights formula_layer(Lcg& lcg, std::size_t output_count, std::size_t input_count) {
    const auto scale = static_cast<float>(std::sqrt(6.0 / static_cast<double>(input_count)));
    LayerWeights layer;
    layer.weights = weight_vector(lcg.values(scale, output_count * input_count));
    layer.biases = lcg.values(0.1F, output_count);
    return layer;
}

inline NetworkWeights formula_network(const NetworkArchitecture& architecture, std::size_t mel_band_count,
                                      std::size_t tag_count, std::uint32_t seed) {
    Lcg lcg(seed);
    NetworkWeights weights;
    std::size_t input_count = mel_band_count;
    for (const ConvolutionLayer& layer : architecture.layers) {
        const auto filter_count = static_cast<std::size_t>(layer.filter_count);
        weights.convolutions.push_back(
            formula_layer(lcg, filter_count, input_count * static_cast<std::size_t>(layer.kernel_frames)));
        input_count = filter_count;
    }
    const auto dense_unit_count = static_cast<std::size_t>(architecture.dense_unit_count);
    weights.dense =
        formula_layer(lcg, dense_unit_count, input_count * static_cast<std::size_t>(architecture.output_frames()));
    weights.output = formula_layer(lcg, tag_count, dense_unit_count);
    return weights;
}

/// Means within +-0.2, deviations within 0.5 to 1.5, layers of the given widths.
inline ClassifierWeights formula_classifier(std::size_t input_count, const std::vector<std::size_t>& output_counts,
                                            std::uint32_t seed) {
    Lcg lcg(seed);
    ClassifierWeights weights;
    weights.means = lcg.values(0.2F, input_count);
    weights.deviations = lcg.values(0.5F, input_count);
    for (float& deviation : weights.deviations) {
        deviation += 1.0F;
    }
    for (const std::size_t output_count : output_counts) {
        weights.layers.push_back(formula_layer(lcg, output_count, input_count));
        input_count = output_count;
    }
    return weights;
}

/// The three networks of the paper: 18, 27 and 54 frames.
inline std::vector<NetworkArchitecture> paper_architectures() {
    return {{18, {{3, 128, 3}, {3, 128, 3}, {2, 256, 2}}, 256},
            {27, {{3, 128, 3}, {3, 128, 3}, {3, 256, 3}}, 256},
            {54, {{3, 128, 3}, {3, 128, 3}, {3, 256, 3}, {2, 256, 2}}, 256}};
}

/// A whole model that runs in no time and passes check(): the scales and kernels of the paper with few bands and
/// filters. Its networks are untrained, so its probabilities mean nothing, but they do depend on the audio.
inline Model small_model() {
    Model model;
    model.name = "small";
    model.spectrogram.mel_band_count = 16;
    model.normalization = {0.3F, 0.4F};
    model.architectures = {{18, {{3, 8, 3}, {3, 8, 3}, {2, 12, 2}}, 10}, {27, {{3, 8, 3}, {3, 8, 3}, {3, 12, 3}}, 10}};
    model.tags = {tag_from_label("genre---Rock"), tag_from_label("mood---Calm"), tag_from_label("instrument---Piano"),
                  tag_from_label("voice---Choir"), tag_from_label("era---80s")};
    for (const NetworkArchitecture& architecture : model.architectures) {
        model.networks.push_back(formula_network(architecture, 16, model.tags.size(),
                                                 static_cast<std::uint32_t>(architecture.segment_frames)));
    }
    model.classifier = formula_classifier(model.feature_count(), {14, 9, model.tags.size()}, 5);
    model.weight_type = WeightType::float32;
    return model;
}

}  // namespace earmark
