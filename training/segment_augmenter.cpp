#include "training/segment_augmenter.h"

#include <ATen/CPUGeneratorImpl.h>
#include <torch/torch.h>

#include <cmath>
#include <numbers>

namespace earmark {
namespace {

namespace functional = torch::nn::functional;

// Of the curve over the mel bands, from the lowest to the highest.
constexpr std::int64_t equaliser_points = 5;

/// Evenly within [-greatest, greatest].
torch::Tensor uniform(torch::IntArrayRef sizes, double greatest, at::Generator& random) {
    return (torch::rand(sizes, random) * 2.0 - 1.0) * greatest;
}

/// Where grid_sample finds `positions`, 0 to count - 1, along a side.
torch::Tensor grid_coordinates(const torch::Tensor& positions, std::int64_t count) {
    return positions * (2.0 / static_cast<double>(std::max<std::int64_t>(count - 1, 1))) - 1.0;
}

/// 0 in a stripe of 0 to `greatest_width` along a side of `count`, else 1: segments x count.
torch::Tensor stripe_mask(std::int64_t segment_count, std::int64_t count, std::int64_t greatest_width,
                          at::Generator& random) {
    const torch::Tensor widths =
        torch::floor(torch::rand({segment_count, 1}, random) * static_cast<double>(greatest_width + 1));
    const torch::Tensor starts =
        torch::floor(torch::rand({segment_count, 1}, random) * (static_cast<double>(count + 1) - widths));
    const torch::Tensor positions = torch::arange(count).unsqueeze(0);
    return torch::logical_or(positions < starts, positions >= starts + widths).to(torch::kFloat32);
}

}  // namespace

std::size_t SegmentAugmenter::source_frames() const {
    return static_cast<std::size_t>(std::ceil(static_cast<double>(segment_frames_) * (1.0 + augmentation_.stretch)));
}

torch::Tensor SegmentAugmenter::apply(torch::Tensor values, std::uint64_t seed) const {
    at::Generator random = at::make_generator<at::CPUGeneratorImpl>(seed);
    if (augmentation_.shifted_bands > 0.0 || augmentation_.stretch > 0.0) values = warped(values, random);
    if (augmentation_.gain_db > 0.0 || augmentation_.equaliser_db > 0.0) values = equalised(values, random);
    values = (values - normalisation_.mean) / normalisation_.deviation;
    const std::int64_t segment_count = values.size(0);
    if (augmentation_.masked_bands > 0) {
        const torch::Tensor mask = stripe_mask(segment_count, values.size(3), augmentation_.masked_bands, random);
        values = values * mask.view({segment_count, 1, 1, -1});
    }
    if (augmentation_.masked_frames > 0) {
        const std::int64_t greatest = std::min<std::int64_t>(augmentation_.masked_frames, segment_frames_);
        values = values * stripe_mask(segment_count, segment_frames_, greatest, random).view({segment_count, 1, -1, 1});
    }
    return values;
}

// Takes frames at another pace, from the middle of the source, and bands from some way above or below.
torch::Tensor SegmentAugmenter::warped(const torch::Tensor& values, at::Generator& random) const {
    const std::int64_t segment_count = values.size(0);
    const std::int64_t source_count = values.size(2);
    const std::int64_t band_count = values.size(3);
    const torch::Tensor pace = torch::exp(uniform({segment_count, 1}, std::log1p(augmentation_.stretch), random));
    const torch::Tensor from_middle = torch::arange(segment_frames_) - 0.5 * static_cast<double>(segment_frames_ - 1);
    const torch::Tensor frames = from_middle.unsqueeze(0) * pace + 0.5 * static_cast<double>(source_count - 1);
    const torch::Tensor bands =
        torch::arange(band_count).unsqueeze(0) + uniform({segment_count, 1}, augmentation_.shifted_bands, random);
    const std::vector<std::int64_t> sizes{segment_count, segment_frames_, band_count};
    const torch::Tensor grid = torch::stack({grid_coordinates(bands, band_count).unsqueeze(1).expand(sizes),
                                             grid_coordinates(frames, source_count).unsqueeze(2).expand(sizes)},
                                            3);
    return functional::grid_sample(
        values, grid,
        functional::GridSampleFuncOptions().mode(torch::kBilinear).padding_mode(torch::kBorder).align_corners(true));
}

// log10(1 + c m) becomes log10(1 + c m f), whatever c.
torch::Tensor SegmentAugmenter::equalised(const torch::Tensor& values, at::Generator& random) const {
    const std::int64_t segment_count = values.size(0);
    const torch::Tensor curve =
        functional::interpolate(uniform({segment_count, 1, equaliser_points}, augmentation_.equaliser_db, random),
                                functional::InterpolateFuncOptions()
                                    .size(std::vector<std::int64_t>{values.size(3)})
                                    .mode(torch::kLinear)
                                    .align_corners(true));
    const torch::Tensor decibels = curve + uniform({segment_count, 1, 1}, augmentation_.gain_db, random);
    const torch::Tensor factors = torch::exp(decibels * (std::numbers::ln10 / 20.0)).unsqueeze(1);
    return torch::log1p(torch::expm1(values * std::numbers::ln10) * factors) / std::numbers::ln10;
}

}  // namespace earmark
