#include "training/local_learning/frame_convolution.h"

#include <gtest/gtest.h>
#include <torch/torch.h>

#include <string>

namespace earmark {
namespace {

struct Shape {
    std::int64_t segments;
    std::int64_t frames;
    std::int64_t kernel_frames;
};

struct Convolved {
    torch::Tensor result;
    torch::Tensor values_gradient;
    torch::Tensor weight_gradient;
};

template <typename Convolution>
Convolved convolved(const Shape& shape, const Convolution& convolve) {
    torch::manual_seed(5);
    const auto leaf = [](torch::IntArrayRef sizes) {
        return torch::randn(sizes).contiguous(torch::MemoryFormat::ChannelsLast).requires_grad_();
    };
    torch::Tensor values = leaf({shape.segments, 7, 1, shape.frames});
    torch::Tensor weight = leaf({9, 7, 1, shape.kernel_frames});
    const torch::Tensor result = convolve(values, weight);
    (result * torch::randn({shape.segments, 9, 1, shape.frames})).sum().backward();
    return {result.detach(), values.grad(), weight.grad()};
}

class FrameConvolutionOf : public testing::TestWithParam<Shape> {};

TEST_P(FrameConvolutionOf, gives_what_conv2d_gives_and_its_gradients) {
    const Convolved actual = convolved(GetParam(), convolve_frames);
    const Convolved expected = convolved(GetParam(), [](const torch::Tensor& values, const torch::Tensor& weight) {
        const std::int64_t reach = weight.size(3) - 1;
        return torch::conv2d(torch::constant_pad_nd(values, {reach / 2, reach - reach / 2}), weight);
    });
    EXPECT_TRUE(torch::allclose(actual.result, expected.result, 1e-4, 1e-5));
    EXPECT_TRUE(torch::allclose(actual.values_gradient, expected.values_gradient, 1e-4, 1e-5));
    EXPECT_TRUE(torch::allclose(actual.weight_gradient, expected.weight_gradient, 1e-4, 1e-4));
    EXPECT_TRUE(actual.result.is_contiguous(torch::MemoryFormat::ChannelsLast));
}

INSTANTIATE_TEST_SUITE_P(, FrameConvolutionOf,
                         testing::Values(Shape{5, 18, 3}, Shape{4, 6, 2}, Shape{3, 4, 1}, Shape{3, 9, 5},
                                         Shape{2, 3, 4}, Shape{1, 1, 3}),
                         [](const auto& shape) {
                             return std::to_string(shape.param.segments) + "_segments_of_" +
                                    std::to_string(shape.param.frames) + "_frames_kernel_" +
                                    std::to_string(shape.param.kernel_frames);
                         });

TEST(FrameConvolution, needs_no_gradient_of_what_has_none) {
    torch::Tensor weight = torch::randn({4, 3, 1, 3}).requires_grad_();
    convolve_frames(torch::randn({2, 3, 1, 6}), weight).sum().backward();
    EXPECT_TRUE(weight.grad().defined());
}

}  // namespace
}  // namespace earmark
