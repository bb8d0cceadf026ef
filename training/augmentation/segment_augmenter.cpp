#include "training/augmentation/segment_augmenter.h"

#include <ATen/CPUGeneratorImpl.h>
#include <torch/torch.h>

#include <cmath>
#include <numbers>
#include <span>

#include "training/augmentation/log_mel_changes.h"

namespace earmark {
namespace {

namespace functional = torch::nn::functional;

// Of the curve over the mel bands, from the lowest to the highest.
constexpr std::int64_t equalizer_points = 5;

/// Evenly within [-greatest, greatest].
torch::Tensor uniform(torch::IntArrayRef sizes, double greatest, at::Generator& random) {
    return (torch::rand(sizes, random) * 2.0 - 1.0) * greatest;
}

/// The numbers of one segment.
std::span<float> segment(const torch::Tensor& values, std::int64_t index) {
    const std::int64_t size = values.numel() / values.size(0);
    return {values.data_ptr<float>() + index * size, static_cast<std::size_t>(size)};
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
    const bool is_warped = augmentation_.shifted_bands > 0.0 || augmentation_.stretch > 0.0;
    values = is_warped ? warped(values.contiguous(), random) : values.clone(torch::MemoryFormat::Contiguous);
    const bool is_amplified = augmentation_.lowest_gain_db < 0.0 || augmentation_.highest_gain_db > 0.0;
    if (is_amplified || augmentation_.equalizer_db > 0.0) equalize(values, random);
    if (augmentation_.silent_high_bands > 0) silence_high_bands(values, random);
    values.sub_(normalization_.mean).div_(normalization_.deviation);
    const std::int64_t segment_count = values.size(0);
    if (augmentation_.masked_bands > 0) {
        const torch::Tensor mask = stripe_mask(segment_count, values.size(3), augmentation_.masked_bands, random);
        values.mul_(mask.view({segment_count, 1, 1, -1}));
    }
    if (augmentation_.masked_frames > 0) {
        const std::int64_t greatest = std::min<std::int64_t>(augmentation_.masked_frames, segment_frames_);
        const torch::Tensor mask = stripe_mask(segment_count, segment_frames_, greatest, random);
        values.mul_(mask.view({segment_count, 1, -1, 1}));
    }
    return values;
}

// Takes frames at another pace, from the middle of the source, and bands from some way above or below.
torch::Tensor SegmentAugmenter::warped(const torch::Tensor& values, at::Generator& random) const {
    const std::int64_t segment_count = values.size(0);
    const torch::Tensor pace = torch::exp(uniform({segment_count, 1}, std::log1p(augmentation_.stretch), random));
    const torch::Tensor shift = uniform({segment_count, 1}, augmentation_.shifted_bands, random);
    torch::Tensor result = torch::empty({segment_count, 1, segment_frames_, values.size(3)});
    for (std::int64_t i = 0; i < segment_count; ++i) {
        warp(segment(values, i), segment(result, i), static_cast<std::size_t>(values.size(3)),
             pace.data_ptr<float>()[i], shift.data_ptr<float>()[i]);
    }
    return result;
}

void SegmentAugmenter::equalize(const torch::Tensor& values, at::Generator& random) const {
    const std::int64_t segment_count = values.size(0);
    const torch::Tensor curve =
        functional::interpolate(uniform({segment_count, 1, equalizer_points}, augmentation_.equalizer_db, random),
                                functional::InterpolateFuncOptions()
                                    .size(std::vector<std::int64_t>{values.size(3)})
                                    .mode(torch::kLinear)
                                    .align_corners(true));
    const double middle_db = (augmentation_.highest_gain_db + augmentation_.lowest_gain_db) / 2.0;
    const double greatest_db = (augmentation_.highest_gain_db - augmentation_.lowest_gain_db) / 2.0;
    const torch::Tensor decibels = curve + middle_db + uniform({segment_count, 1, 1}, greatest_db, random);
    const torch::Tensor factors = torch::exp(decibels * (std::numbers::ln10 / 20.0)).contiguous();
    for (std::int64_t i = 0; i < segment_count; ++i) earmark::equalize(segment(values, i), segment(factors, i));
}

// As a low-pass filter would; every second segment stays as it is.
void SegmentAugmenter::silence_high_bands(const torch::Tensor& values, at::Generator& random) const {
    const torch::Tensor widths = (torch::rand({values.size(0)}, random) * 2.0 - 1.0).clamp_min(0.0) *
                                 static_cast<double>(augmentation_.silent_high_bands + 1);
    for (std::int64_t i = 0; i < values.size(0); ++i) {
        const auto width = static_cast<std::int64_t>(widths.data_ptr<float>()[i]);
        values.select(0, i).narrow(2, values.size(3) - width, width).zero_();
    }
}

}  // namespace earmark
