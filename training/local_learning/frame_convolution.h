#pragma once

#include <torch/types.h>

namespace earmark {

/// Whether `convolve_frames` is the faster convolution for these inputs on this machine: single precision and one
/// thread on an x86 processor without AVX-512 (docs/decisions/030).
bool prefers_matrix_products(const torch::Tensor& values);

/// Convolution over time with zeros around each segment, so that there are as many frames afterwards, of which the last
/// has the odd zero where the kernel is even: what torch::conv2d gives, up to rounding, and its gradients. Computed as
/// one matrix product of all frames of all segments for each frame of the kernel.
///
/// `values` is segments x channels x 1 x frames, `weight` is filters x channels x 1 x kernel frames, both float32 on
/// the CPU and fastest with channels last in memory. The result is segments x filters x 1 x frames, channels last.
torch::Tensor convolve_frames(const torch::Tensor& values, const torch::Tensor& weight);

}  // namespace earmark
