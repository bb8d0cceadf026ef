#include "training/augmentation/log_mel_changes.h"

#include <gtest/gtest.h>
#include <torch/torch.h>

#include <cmath>
#include <numbers>
#include <vector>

namespace earmark {
namespace {

constexpr std::int64_t band_count = 19;

std::span<float> numbers(const torch::Tensor& values) {
    return {values.data_ptr<float>(), static_cast<std::size_t>(values.numel())};
}

// Bilinear, with what is at the edge beyond it, as libtorch has it: positions are from -1 to 1.
torch::Tensor sampled(const torch::Tensor& source, const torch::Tensor& frames, const torch::Tensor& bands) {
    const auto on_grid = [](const torch::Tensor& positions, std::int64_t count) {
        return positions * (2.0 / static_cast<double>(std::max<std::int64_t>(count - 1, 1))) - 1.0;
    };
    const std::vector<std::int64_t> sizes{frames.size(0), bands.size(0)};
    const torch::Tensor grid = torch::stack({on_grid(bands, source.size(1)).unsqueeze(0).expand(sizes),
                                             on_grid(frames, source.size(0)).unsqueeze(1).expand(sizes)},
                                            2);
    return torch::nn::functional::grid_sample(source.view({1, 1, source.size(0), source.size(1)}), grid.unsqueeze(0),
                                              torch::nn::functional::GridSampleFuncOptions()
                                                  .mode(torch::kBilinear)
                                                  .padding_mode(torch::kBorder)
                                                  .align_corners(true))
        .view(sizes);
}

struct Warp {
    std::int64_t source_frames;
    std::int64_t target_frames;
    float pace;
    float shift;
};

class WarpOf : public testing::TestWithParam<Warp> {};

TEST_P(WarpOf, is_linear_between_frames_and_between_bands) {
    const auto [source_frames, target_frames, pace, shift] = GetParam();
    torch::manual_seed(7);
    const torch::Tensor source = torch::rand({source_frames, band_count});
    const torch::Tensor target = torch::empty({target_frames, band_count});
    warp(numbers(source), numbers(target), band_count, pace, shift);

    const torch::Tensor frames = (torch::arange(target_frames) - 0.5 * static_cast<double>(target_frames - 1)) * pace +
                                 0.5 * static_cast<double>(source_frames - 1);
    const torch::Tensor expected = sampled(source, frames, torch::arange(band_count) + shift);
    EXPECT_TRUE(torch::allclose(target, expected, 1e-4, 1e-5)) << (target - expected).abs().max().item<float>();
}

INSTANTIATE_TEST_SUITE_P(, WarpOf,
                         testing::Values(Warp{12, 12, 1.0F, 0.0F}, Warp{12, 10, 1.1F, 1.7F}, Warp{12, 10, 0.9F, -1.7F},
                                         Warp{12, 10, 1.5F, 2.0F}, Warp{9, 8, 1.0F, -3.0F}, Warp{1, 5, 1.2F, 0.5F},
                                         Warp{7, 1, 0.8F, 18.5F}, Warp{4, 3, 1.0F, -25.0F}));

TEST(Equalize, multiplies_the_magnitudes_under_the_logarithm) {
    torch::manual_seed(8);
    const torch::Tensor values = torch::rand({6, band_count}) * 4.0;
    const torch::Tensor factors = torch::exp(torch::randn({band_count}));
    const torch::Tensor magnitudes = torch::expm1(values.to(torch::kFloat64) * std::numbers::ln10);
    const torch::Tensor expected = torch::log10(1.0 + magnitudes * factors);
    equalize(numbers(values), numbers(factors));
    EXPECT_LT((values - expected).abs().max().item<double>(), 2e-6);
}

TEST(Equalize, leaves_silence_silent) {
    std::vector<float> values(32, 0.0F);
    equalize(values, std::vector<float>(8, 3.0F));
    EXPECT_EQ(values, std::vector<float>(32, 0.0F));
}

}  // namespace
}  // namespace earmark
