#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "earmark/model.h"

namespace earmark {

/// What the numbers of a tensor are: weights are stored as Model::weight_type, all others as float32.
enum class TensorKind { weight, bias, mean, deviation };

using TensorShape = std::vector<std::uint64_t>;

/// Units of layer after layer.
using UnitCounts = std::vector<std::uint64_t>;

/// The widths of a classifier.
struct ClassifierShape {
    struct Member {
        std::uint64_t input_count = 0;
        UnitCounts unit_counts;  ///< of all its layers
    };
    std::vector<Member> members;
    UnitCounts hidden_unit_counts;  ///< of all layers but the last, whose count is that of the tags
};

template <typename Layer, typename Visit>
void visit_layer(Layer& layer, const std::string& name, const TensorShape& shape, const Visit& visit) {
    visit(name + ".weight", shape, layer.weights, TensorKind::weight);
    visit(name + ".bias", TensorShape{shape.front()}, layer.biases, TensorKind::bias);
}

template <typename Weights, typename Visit>
void visit_network(const NetworkArchitecture& architecture, Weights& weights, std::uint64_t mel_band_count,
                   std::uint64_t tag_count, const std::string& name, const Visit& visit) {
    std::uint64_t input_count = mel_band_count;
    for (std::size_t i = 0; i < architecture.layers.size(); ++i) {
        const ConvolutionLayer& layer = architecture.layers[i];
        const auto filter_count = static_cast<std::uint64_t>(layer.filter_count);
        visit_layer(weights.convolutions[i], name + ".convolution." + std::to_string(i),
                    {filter_count, input_count, static_cast<std::uint64_t>(layer.kernel_frames)}, visit);
        input_count = filter_count;
    }
    const auto unit_count = static_cast<std::uint64_t>(architecture.dense_unit_count);
    const auto frame_count = static_cast<std::uint64_t>(architecture.output_frames());
    visit_layer(weights.dense, name + ".dense", {unit_count, input_count * frame_count}, visit);
    visit_layer(weights.output, name + ".output", {tag_count, unit_count}, visit);
}

template <typename Layers, typename Visit>
void visit_dense_layers(Layers& layers, std::uint64_t input_count, const UnitCounts& unit_counts,
                        const std::string& name, const Visit& visit) {
    for (std::size_t i = 0; i < layers.size(); ++i) {
        visit_layer(layers[i], name + ".layer." + std::to_string(i), {unit_counts[i], input_count}, visit);
        input_count = unit_counts[i];
    }
}

template <typename Weights, typename Visit>
void visit_classifier(Weights& weights, std::uint64_t feature_count, const ClassifierShape& shape,
                      std::uint64_t tag_count, const Visit& visit) {
    visit("classifier.mean", TensorShape{feature_count}, weights.means, TensorKind::mean);
    visit("classifier.deviation", TensorShape{feature_count}, weights.deviations, TensorKind::deviation);
    std::uint64_t member_output_count = 0;
    for (std::size_t i = 0; i < weights.members.size(); ++i) {
        const ClassifierShape::Member& member = shape.members[i];
        visit_dense_layers(weights.members[i].layers, member.input_count, member.unit_counts,
                           "classifier.member." + std::to_string(i), visit);
        member_output_count += member.unit_counts.back();
    }
    UnitCounts unit_counts = shape.hidden_unit_counts;
    unit_counts.push_back(tag_count);
    visit_dense_layers(weights.layers, weights.members.empty() ? feature_count : member_output_count, unit_counts,
                       "classifier", visit);
}

template <typename AnyGate, typename Visit>
void visit_gate(AnyGate& gate, std::uint64_t feature_count, const Visit& visit) {
    const auto component_count = static_cast<std::uint64_t>(gate.component_count);
    visit("gate.music.weight", TensorShape{feature_count}, gate.music_weights, TensorKind::weight);
    visit("gate.component.weight", TensorShape{component_count, feature_count}, gate.components, TensorKind::weight);
}

/// Calls visit(name, shape, values, kind) for every tensor that a model of these settings has, in the order of the
/// file. The shape follows from the settings; the values may not have it yet. REQUIRES: checked settings; one entry in
/// `networks` for each architecture, one in `convolutions` for each of its layers, and in `classifier` as many members
/// and layers as its shape has (and the last layer).
template <typename AnyModel, typename Visit>
void visit_tensors(AnyModel& model, const ClassifierShape& classifier_shape, const Visit& visit) {
    const auto mel_band_count = static_cast<std::uint64_t>(model.spectrogram.mel_band_count);
    const std::uint64_t tag_count = model.tags.size();
    for (std::size_t i = 0; i < model.networks.size(); ++i) {
        visit_network(model.architectures[i], model.networks[i], mel_band_count, tag_count,
                      "network." + std::to_string(i), visit);
    }
    visit_classifier(model.classifier, model.feature_count(), classifier_shape, tag_count, visit);
    if (model.gate) visit_gate(*model.gate, model.feature_count(), visit);
}

}  // namespace earmark
