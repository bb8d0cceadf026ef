#include <gmock/gmock.h>
#include <torch/torch.h>

#include "training/augmentation/segment_augmenter.h"

namespace earmark {
namespace {

constexpr std::size_t segment_frames = 12;
constexpr std::int64_t band_count = 16;
const Normalization normalization{0.4F, 0.5F};

// Each value encodes its frame and its band.
torch::Tensor ramp(const SegmentAugmenter& augmenter, std::int64_t segment_count = 3) {
    const auto frames = static_cast<std::int64_t>(augmenter.source_frames());
    const torch::Tensor values = 0.1 * torch::arange(frames).view({1, 1, frames, 1}) +
                                 0.01 * torch::arange(band_count).view({1, 1, 1, band_count});
    return values.expand({segment_count, 1, frames, band_count}).to(torch::kFloat32);
}

SegmentAugmenter augmenter(const Augmentation& augmentation) { return {augmentation, segment_frames, normalization}; }

torch::Tensor original(const torch::Tensor& augmented) {
    return augmented * normalization.deviation + normalization.mean;
}

TEST(SegmentAugmenter, without_anything_to_do_normalizes) {
    const SegmentAugmenter nothing = augmenter({});
    const torch::Tensor values = ramp(nothing);
    EXPECT_TRUE(torch::allclose(original(nothing.apply(values, 1)), values, 1e-5, 1e-6));
}

TEST(SegmentAugmenter, does_the_same_with_the_same_seed_and_something_else_with_another) {
    const SegmentAugmenter all = augmenter({.lowest_gain_db = -6,
                                            .highest_gain_db = 6,
                                            .equalizer_db = 6,
                                            .shifted_bands = 2,
                                            .stretch = 0.2,
                                            .masked_bands = 4,
                                            .masked_frames = 3});
    const torch::Tensor first = all.apply(ramp(all), 5);
    EXPECT_TRUE(torch::equal(first, all.apply(ramp(all), 5)));
    EXPECT_FALSE(torch::equal(first, all.apply(ramp(all), 6)));
    EXPECT_FALSE(torch::equal(first[0], first[1]));
    EXPECT_EQ(first.sizes(), torch::IntArrayRef({3, 1, segment_frames, band_count}));
}

TEST(SegmentAugmenter, gain_multiplies_the_mel_magnitudes_of_a_segment_by_one_factor) {
    const SegmentAugmenter gain = augmenter({.lowest_gain_db = -6, .highest_gain_db = 6});
    const torch::Tensor values = ramp(gain, 200) + 0.1;
    const torch::Tensor before = torch::pow(10.0, values) - 1.0;
    const torch::Tensor after = torch::pow(10.0, original(gain.apply(values, 3))) - 1.0;
    const torch::Tensor decibels = 20.0 * torch::log10(after / before);
    EXPECT_LE(decibels.abs().max().item<float>(), 6.0F + 1e-3F);
    EXPECT_GT(decibels.max().item<float>(), 4.0F);
    EXPECT_LT(decibels.min().item<float>(), -4.0F);
    const torch::Tensor spread = decibels.amax({1, 2, 3}) - decibels.amin({1, 2, 3});
    EXPECT_LT(spread.max().item<float>(), 1e-2F);
}

TEST(SegmentAugmenter, gain_may_reach_further_down_than_up) {
    const SegmentAugmenter gain = augmenter({.lowest_gain_db = -20, .highest_gain_db = 6});
    const torch::Tensor values = ramp(gain, 200) + 0.1;
    const torch::Tensor after = torch::pow(10.0, original(gain.apply(values, 3))) - 1.0;
    const torch::Tensor decibels = 20.0 * torch::log10(after / (torch::pow(10.0, values) - 1.0));
    EXPECT_LE(decibels.max().item<float>(), 6.0F + 1e-2F);
    EXPECT_GE(decibels.min().item<float>(), -20.0F - 1e-2F);
    EXPECT_LT(decibels.min().item<float>(), -14.0F);
    EXPECT_NEAR(decibels.mean().item<float>(), -7.0F, 2.0F);
}

TEST(SegmentAugmenter, silences_high_bands_in_half_of_the_segments) {
    constexpr std::int64_t count = 400;
    const SegmentAugmenter low_pass = augmenter({.silent_high_bands = 4});
    const torch::Tensor values = torch::ones({count, 1, segment_frames, band_count});
    const torch::Tensor silent = original(low_pass.apply(values, 3)) < 0.5;
    EXPECT_FALSE(silent.narrow(3, 0, band_count - 4).any().item<bool>());
    const torch::Tensor bands = silent.sum(3).flatten(1);
    EXPECT_TRUE(torch::equal(bands.amin(1), bands.amax(1))) << "the same bands in all frames of a segment";
    EXPECT_TRUE(silent.narrow(3, band_count - 1, 1).flatten(1).amax(1).equal(bands.amax(1) > 0)) << "from the top";
    EXPECT_EQ(bands.amax().item<std::int64_t>(), 4);
    // Half of the segments keep all, and a fifth of the others are drawn with a width of 0.
    EXPECT_NEAR((bands.amax(1) > 0).sum().item<double>() / count, 0.4, 0.08);
}

TEST(SegmentAugmenter, equalizer_differs_over_the_bands_and_not_in_time) {
    const SegmentAugmenter equalizer = augmenter({.equalizer_db = 6});
    const torch::Tensor values = ramp(equalizer, 50) + 0.1;
    const torch::Tensor before = torch::pow(10.0, values) - 1.0;
    const torch::Tensor decibels =
        20.0 * torch::log10((torch::pow(10.0, original(equalizer.apply(values, 3))) - 1.0) / before);
    EXPECT_LE(decibels.abs().max().item<float>(), 6.0F + 1e-3F);
    EXPECT_LT((decibels.amax({2}) - decibels.amin({2})).max().item<float>(), 1e-2F);
    EXPECT_GT((decibels.amax({3}) - decibels.amin({3})).mean().item<float>(), 2.0F);
}

TEST(SegmentAugmenter, shift_moves_bands_by_the_same_way_in_a_segment) {
    const SegmentAugmenter shift = augmenter({.shifted_bands = 3});
    const torch::Tensor values = ramp(shift, 100);
    // Away from the edges a ramp that is moved by n bands differs by n steps everywhere.
    const torch::Tensor moved = (original(shift.apply(values, 3)) - values).slice(3, 4, band_count - 4) / 0.01;
    EXPECT_LE(moved.abs().max().item<float>(), 3.0F + 1e-2F);
    EXPECT_GT(moved.max().item<float>(), 2.0F);
    EXPECT_LT((moved.amax({1, 2, 3}) - moved.amin({1, 2, 3})).max().item<float>(), 1e-2F);
}

TEST(SegmentAugmenter, stretch_takes_frames_at_one_pace_within_its_bounds) {
    const SegmentAugmenter stretch = augmenter({.stretch = 0.5});
    EXPECT_EQ(stretch.source_frames(), 18U);
    const torch::Tensor augmented = original(stretch.apply(ramp(stretch, 200), 3));
    const torch::Tensor pace = (augmented.slice(2, 1) - augmented.slice(2, 0, segment_frames - 1)) / 0.1;
    EXPECT_LE(pace.max().item<float>(), 1.5F + 1e-3F);
    EXPECT_GE(pace.min().item<float>(), 1.0F / 1.5F - 1e-3F);
    EXPECT_GT(pace.max().item<float>(), 1.3F);
    EXPECT_LT((pace.amax({1, 2, 3}) - pace.amin({1, 2, 3})).max().item<float>(), 1e-3F);
}

TEST(SegmentAugmenter, masks_are_one_stripe_of_the_mean_that_is_not_too_wide) {
    const SegmentAugmenter mask = augmenter({.masked_bands = 5, .masked_frames = 4});
    const torch::Tensor augmented = mask.apply(ramp(mask, 300) + 1.0, 3);
    const torch::Tensor blank = augmented == 0.0;
    const torch::Tensor blank_bands = blank.all(2).squeeze(1).sum(1);
    const torch::Tensor blank_frames = blank.all(3).squeeze(1).sum(1);
    EXPECT_EQ(blank_bands.min().item<std::int64_t>(), 0);
    EXPECT_EQ(blank_bands.max().item<std::int64_t>(), 5);
    EXPECT_EQ(blank_frames.min().item<std::int64_t>(), 0);
    EXPECT_EQ(blank_frames.max().item<std::int64_t>(), 4);
    // Side by side: the value changes at most twice along the bands.
    const torch::Tensor row = blank.all(2).squeeze(1).to(torch::kInt64);
    EXPECT_LE((row.slice(1, 1) - row.slice(1, 0, band_count - 1)).abs().sum(1).max().item<std::int64_t>(), 2);
}

}  // namespace
}  // namespace earmark
