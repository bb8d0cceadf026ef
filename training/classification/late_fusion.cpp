#include "training/classification/late_fusion.h"

namespace earmark {
namespace {

// One layer whose inputs are those of the layers side by side, and whose outputs are the means of theirs.
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

std::vector<LayerWeights> hidden_layers(const ClassifierWeights& classifier) {
    return {classifier.layers.begin(), classifier.layers.end() - 1};
}

}  // namespace

ClassifierWeights joined_classifier(const std::vector<ClassifierWeights>& members) {
    if (members.size() == 1) return members.front();
    ClassifierWeights joined;
    joined.output = members.front().output;
    std::vector<LayerWeights> last_layers;
    for (const ClassifierWeights& member : members) {
        joined.means.insert(joined.means.end(), member.means.begin(), member.means.end());
        joined.deviations.insert(joined.deviations.end(), member.deviations.begin(), member.deviations.end());
        last_layers.push_back(member.layers.back());
        if (member.layers.size() > 1) joined.members.push_back({member.input_count(), hidden_layers(member)});
    }
    joined.layers = {mean_of_outputs(last_layers)};
    return joined;
}

}  // namespace earmark
