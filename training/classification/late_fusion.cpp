#include "training/classification/late_fusion.h"

#include <algorithm>

namespace earmark {
namespace {

// Outputs of one block below those of the one before; inputs side by side.
LayerWeights block_diagonal(const std::vector<LayerWeights>& blocks) {
    std::size_t input_count = 0;
    LayerWeights layer;
    for (const LayerWeights& block : blocks) {
        input_count += block.weights.size() / block.biases.size();
        layer.biases.insert(layer.biases.end(), block.biases.begin(), block.biases.end());
    }
    layer.weights.assign(layer.biases.size() * input_count, 0.0F);
    auto row = layer.weights.begin();
    std::ptrdiff_t first_input = 0;
    for (const LayerWeights& block : blocks) {
        const auto block_inputs = static_cast<std::ptrdiff_t>(block.weights.size() / block.biases.size());
        for (auto from = block.weights.begin(); from != block.weights.end(); from += block_inputs) {
            std::copy(from, from + block_inputs, row + first_input);
            row += static_cast<std::ptrdiff_t>(input_count);
        }
        first_input += block_inputs;
    }
    return layer;
}

// The same outputs from each block, of which the mean is taken.
LayerWeights mean_of_outputs(const std::vector<LayerWeights>& blocks) {
    const auto share = 1.0F / static_cast<float>(blocks.size());
    LayerWeights layer;
    layer.biases.assign(blocks.front().biases.size(), 0.0F);
    for (std::size_t output = 0; output < layer.biases.size(); ++output) {
        for (const LayerWeights& block : blocks) {
            const std::size_t input_count = block.weights.size() / block.biases.size();
            layer.biases[output] += share * block.biases[output];
            for (std::size_t input = 0; input < input_count; ++input) {
                layer.weights.push_back(share * block.weights[output * input_count + input]);
            }
        }
    }
    return layer;
}

}  // namespace

ClassifierWeights joined_classifier(const std::vector<ClassifierWeights>& members) {
    ClassifierWeights joined;
    joined.output = members.front().output;
    for (const ClassifierWeights& member : members) {
        joined.means.insert(joined.means.end(), member.means.begin(), member.means.end());
        joined.deviations.insert(joined.deviations.end(), member.deviations.begin(), member.deviations.end());
    }
    const std::size_t layer_count = members.front().layers.size();
    for (std::size_t i = 0; i < layer_count; ++i) {
        std::vector<LayerWeights> blocks;
        for (const ClassifierWeights& member : members) blocks.push_back(member.layers[i]);
        joined.layers.push_back(i + 1 < layer_count ? block_diagonal(blocks) : mean_of_outputs(blocks));
    }
    return joined;
}

}  // namespace earmark
