#include "training/classification/classifier_network.h"

#include <torch/torch.h>

#include <string>

#include "training/fit/tensors.h"
#include "training/recipe/seeds.h"

namespace earmark {

ClassifierNetwork::ClassifierNetwork(std::size_t input_count, const std::vector<int>& hidden_units,
                                     const torch::Tensor& start, double dropout, double input_dropout) {
    std::vector<std::int64_t> widths(hidden_units.begin(), hidden_units.end());
    widths.push_back(start.size(0));
    auto inputs = static_cast<std::int64_t>(input_count);
    for (const std::int64_t width : widths) {
        const std::string name = "layer_" + std::to_string(layers_.size());
        layers_.push_back(register_module(name, torch::nn::Linear(inputs, width)));
        torch::nn::init::kaiming_uniform_(layers_.back()->weight);
        torch::nn::init::zeros_(layers_.back()->bias);
        inputs = width;
    }
    const torch::NoGradGuard no_gradients;
    layers_.back()->weight.zero_();
    layers_.back()->bias.copy_(start);
    dropout_ = register_module("dropout", torch::nn::Dropout(dropout));
    input_dropout_ = register_module("input_dropout", torch::nn::Dropout(input_dropout));
}

torch::Tensor ClassifierNetwork::forward(torch::Tensor values) {
    if (input_dropout_->options.p() > 0.0) values = input_dropout_(values);
    for (std::size_t i = 0; i + 1 < layers_.size(); ++i) values = dropout_(torch::relu(layers_[i](values)));
    return layers_.back()(values);
}

std::vector<LayerWeights> ClassifierNetwork::layers() const {
    std::vector<LayerWeights> weights;
    for (const auto& layer : layers_) weights.push_back(to_layer_weights(layer->weight, layer->bias));
    return weights;
}

std::optional<Batch> EmbeddingBatches::next() {
    if (first_ >= order_.size()) return std::nullopt;
    const std::size_t end = batch_end(first_, order_.size(), batch_size_);
    const std::vector<std::int64_t> clips(order_.begin() + first_, order_.begin() + end);
    std::vector<std::int64_t> rows;
    for (; first_ < end; ++first_) rows.push_back(input_row(order_[first_]));
    return Batch{inputs_.index_select(0, torch::tensor(rows)), targets_.index_select(0, torch::tensor(clips))};
}

std::int64_t EmbeddingBatches::input_row(std::uint32_t clip) const {
    const std::uint64_t clip_count = item_count();
    const std::uint64_t copy_count = static_cast<std::uint64_t>(inputs_.size(0)) / clip_count;
    return static_cast<std::int64_t>(mix_seed(seed_, 1, clip) % copy_count * clip_count + clip);
}

}  // namespace earmark
