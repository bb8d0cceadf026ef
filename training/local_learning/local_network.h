#pragma once

#include <torch/nn.h>

#include <vector>

#include "earmark/network.h"
#include "training/fit/tagging_module.h"

namespace earmark {

/// The network of one scale as it is trained: for each level a convolution over time, batch normalization, ReLU, max
/// pooling; then dense + batch normalization + ReLU + dropout, and the labels. He-uniform initialization. With teachers
/// there is a second linear output next to that for the labels, for what they predict; it is dropped when the weights
/// are folded.
///
/// Time is the last of four dimensions (segments x channels x 1 x frames), because libtorch runs two-dimensional
/// convolutions with channels last in memory, the layout of log-mel frames.
class LocalNetwork : public TaggingModule {
public:
    /// Initializes the weights from libtorch's generator; seed it first.
    LocalNetwork(const NetworkArchitecture& architecture, int mel_band_count, std::size_t label_count, double dropout,
                 std::size_t teacher_column_count = 0);

    /// `inputs` is segments x mel_bands x 1 x frames; returns segments x (labels + columns of teachers).
    torch::Tensor forward(torch::Tensor inputs) override;

    /// The weights for inference, batch normalization folded in.
    NetworkWeights fold() const;

private:
    std::vector<ConvolutionLayer> layers_;
    std::vector<torch::nn::Conv2d> convolutions_;
    std::vector<torch::nn::BatchNorm2d> normalizations_;
    torch::nn::Linear dense_ = nullptr;
    torch::nn::BatchNorm1d dense_normalization_ = nullptr;
    torch::nn::Dropout dropout_ = nullptr;
    torch::nn::Linear output_ = nullptr;
    torch::nn::Linear teacher_output_ = nullptr;
};

}  // namespace earmark
