#include "training/local_learning/local_network.h"

#include <torch/torch.h>

#include <array>
#include <string>

#include "training/fit/tensors.h"
#include "training/local_learning/frame_convolution.h"

namespace earmark {
namespace {

// As many frames as before: an even kernel has one zero more after the segment than before it.
torch::Tensor convolve(torch::Tensor values, const torch::Tensor& weight) {
    if (prefers_matrix_products(values)) return convolve_frames(values, weight);
    const std::int64_t padding = weight.size(3) - 1;
    const bool is_even = padding % 2 == 0;
    if (!is_even) values = torch::constant_pad_nd(values, {padding / 2, padding - padding / 2});
    const std::array<std::int64_t, 2> same{0, is_even ? padding / 2 : 0};
    return torch::conv2d(values, weight, {}, torch::IntArrayRef({1, 1}), same);
}

// y = gamma (W x + b - mean) / sqrt(variance + epsilon) + beta, written as W' x + b'.
LayerWeights fold_normalization(const torch::Tensor& weight, const torch::nn::BatchNormOptions& options,
                                const torch::Tensor& gamma, const torch::Tensor& beta, const torch::Tensor& mean,
                                const torch::Tensor& variance) {
    const torch::Tensor scale = gamma.to(torch::kFloat64) / torch::sqrt(variance.to(torch::kFloat64) + options.eps());
    const torch::Tensor rows = weight.flatten(1).to(torch::kFloat64) * scale.unsqueeze(1);
    return to_layer_weights(rows, beta.to(torch::kFloat64) - mean.to(torch::kFloat64) * scale);
}

template <typename Normalization>
LayerWeights fold_normalization(const torch::Tensor& weight, const Normalization& normalization) {
    return fold_normalization(weight, normalization->options, normalization->weight, normalization->bias,
                              normalization->running_mean, normalization->running_var);
}

}  // namespace

LocalNetwork::LocalNetwork(const NetworkArchitecture& architecture, int mel_band_count, std::size_t label_count,
                           double dropout, std::size_t teacher_column_count)
    : layers_(architecture.layers) {
    int channels = mel_band_count;
    for (const ConvolutionLayer& layer : layers_) {
        const std::string index = std::to_string(convolutions_.size());
        const auto options =
            torch::nn::Conv2dOptions(channels, layer.filter_count, {1, layer.kernel_frames}).bias(false);
        convolutions_.push_back(register_module("convolution_" + index, torch::nn::Conv2d(options)));
        torch::Tensor& weight = convolutions_.back()->weight;
        torch::nn::init::kaiming_uniform_(weight);
        weight.set_data(weight.contiguous(torch::MemoryFormat::ChannelsLast));
        normalizations_.push_back(
            register_module("normalization_" + index, torch::nn::BatchNorm2d(layer.filter_count)));
        channels = layer.filter_count;
    }
    const int units = architecture.dense_unit_count;
    const auto dense = torch::nn::LinearOptions(channels * architecture.output_frames(), units).bias(false);
    dense_ = register_module("dense", torch::nn::Linear(dense));
    dense_normalization_ = register_module("dense_normalization", torch::nn::BatchNorm1d(units));
    dropout_ = register_module("dropout", torch::nn::Dropout(dropout));
    output_ = register_module("output", torch::nn::Linear(units, static_cast<std::int64_t>(label_count)));
    torch::nn::init::kaiming_uniform_(dense_->weight);
    torch::nn::init::kaiming_uniform_(output_->weight);
    torch::nn::init::zeros_(output_->bias);
    if (teacher_column_count == 0) return;
    teacher_output_ =
        register_module("teacher_output", torch::nn::Linear(units, static_cast<std::int64_t>(teacher_column_count)));
    torch::nn::init::kaiming_uniform_(teacher_output_->weight);
    torch::nn::init::zeros_(teacher_output_->bias);
}

torch::Tensor LocalNetwork::forward(torch::Tensor values) {
    for (std::size_t i = 0; i < layers_.size(); ++i) {
        values = convolve(values, convolutions_[i]->weight);
        values = torch::relu(normalizations_[i](values));
        values = torch::max_pool2d(values, {1, layers_[i].pool_frames});
    }
    values = torch::relu(dense_normalization_(dense_(values.flatten(1))));
    values = dropout_(values);
    return teacher_output_ ? torch::cat({output_(values), teacher_output_(values)}, 1) : output_(values);
}

NetworkWeights LocalNetwork::fold() const {
    const torch::NoGradGuard no_gradients;
    NetworkWeights weights;
    for (std::size_t i = 0; i < layers_.size(); ++i) {
        weights.convolutions.push_back(fold_normalization(convolutions_[i]->weight.contiguous(), normalizations_[i]));
    }
    weights.dense = fold_normalization(dense_->weight, dense_normalization_);
    weights.output = to_layer_weights(output_->weight, output_->bias);
    return weights;
}

}  // namespace earmark
