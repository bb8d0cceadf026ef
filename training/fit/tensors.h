#pragma once

#include <torch/types.h>

#include <vector>

#include "earmark/matrix.h"
#include "earmark/network.h"

namespace earmark {

/// All values as floats, in the tensor's logical order.
inline std::vector<float> to_vector(const torch::Tensor& tensor) {
    const torch::Tensor values = tensor.detach().to(torch::kCPU, torch::kFloat32).contiguous();
    return {values.data_ptr<float>(), values.data_ptr<float>() + values.numel()};
}

/// Weights and biases of a layer, each in the tensor's logical order.
inline LayerWeights to_layer_weights(const torch::Tensor& weights, const torch::Tensor& biases) {
    return {weight_vector(to_vector(weights)), to_vector(biases)};
}

/// rows x columns, a copy.
inline torch::Tensor to_tensor(const Matrix& matrix) {
    torch::Tensor tensor =
        torch::empty({static_cast<std::int64_t>(matrix.row_count()), static_cast<std::int64_t>(matrix.column_count())});
    std::copy(matrix.values().begin(), matrix.values().end(), tensor.data_ptr<float>());
    return tensor;
}

/// REQUIRES: two dimensions.
inline Matrix to_matrix(const torch::Tensor& tensor) {
    return {static_cast<std::size_t>(tensor.size(0)), static_cast<std::size_t>(tensor.size(1)), to_vector(tensor)};
}

}  // namespace earmark
