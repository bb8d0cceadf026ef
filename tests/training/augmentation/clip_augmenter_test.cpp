#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <vector>

#include "base/float16.h"
#include "training/augmentation/clip_augmenter.h"

namespace earmark {
namespace {

constexpr std::size_t frame_count = 60;
constexpr std::size_t band_count = 16;
const Normalization normalization{0.4F, 0.5F};

// A clip whose values rise from frame to frame, the same in all bands.
class ClipAugmentation : public testing::Test {
protected:
    ClipAugmentation() {
        std::vector<float> values;
        for (std::size_t i = 0; i < frame_count * band_count; ++i) values.push_back(value_of_frame(i / band_count));
        halves_.resize(values.size());
        halves_from_floats(values, halves_);
    }

    static float value_of_frame(std::size_t frame) { return 0.25F + 0.0625F * static_cast<float>(frame); }

    Matrix changed(const Augmentation& augmentation, std::uint64_t seed) const {
        Matrix log_mel =
            ClipAugmenter(augmentation, normalization).apply({.values = halves_, .frame_count = frame_count}, seed);
        for (float& value : log_mel.values()) value = value * normalization.deviation + normalization.mean;
        return log_mel;
    }

    std::vector<std::uint16_t> halves_;
};

TEST_F(ClipAugmentation, without_anything_to_do_gives_the_normalized_clip) {
    const Matrix log_mel = changed({}, 1);
    ASSERT_EQ(log_mel.row_count(), frame_count);
    ASSERT_EQ(log_mel.column_count(), band_count);
    for (std::size_t frame = 0; frame < frame_count; ++frame) {
        for (const float value : log_mel.row(frame)) EXPECT_NEAR(value, value_of_frame(frame), 1e-5);
    }
}

TEST_F(ClipAugmentation, masks_nothing) {
    const Matrix plain = changed({}, 1);
    const Matrix masked = changed({.masked_bands = 8, .masked_frames = 30}, 1);
    EXPECT_TRUE(std::ranges::equal(masked.values(), plain.values()));
}

TEST_F(ClipAugmentation, does_the_same_with_the_same_seed_and_something_else_with_another) {
    const Augmentation all{.random_positions = true,
                           .lowest_gain_db = -6,
                           .highest_gain_db = 6,
                           .equalizer_db = 6,
                           .shifted_bands = 2,
                           .stretch = 0.2};
    const Matrix first = changed(all, 5);
    EXPECT_TRUE(std::ranges::equal(changed(all, 5).values(), first.values()));
    EXPECT_FALSE(std::ranges::equal(changed(all, 6).values(), first.values()));
}

TEST_F(ClipAugmentation, takes_an_excerpt_from_anywhere_with_half_of_the_clip_or_more) {
    std::set<std::size_t> lengths;
    std::set<float> starts;
    for (std::uint64_t seed = 0; seed < 5000; ++seed) {
        const Matrix part = changed({.random_positions = true}, seed);
        lengths.insert(part.row_count());
        starts.insert(std::round((part.row(0)[0] - value_of_frame(0)) / 0.0625F));
        for (std::size_t frame = 0; frame < part.row_count(); ++frame) {
            EXPECT_NEAR(part.row(frame)[3] - part.row(0)[3], value_of_frame(frame) - value_of_frame(0), 1e-5);
        }
    }
    EXPECT_EQ(*lengths.begin(), frame_count / 2);
    EXPECT_EQ(*lengths.rbegin(), frame_count);
    EXPECT_EQ(*starts.begin(), 0.0F);
    EXPECT_EQ(*starts.rbegin(), static_cast<float>(frame_count / 2));
}

TEST_F(ClipAugmentation, takes_excerpts_from_the_shortest_on_evenly_over_the_logarithm) {
    std::vector<std::size_t> lengths;
    for (std::uint64_t seed = 0; seed < 2001; ++seed)
        lengths.push_back(changed({.random_positions = true, .shortest_copy_frames = 15}, seed).row_count());
    std::ranges::sort(lengths);
    EXPECT_EQ(lengths.front(), 15U);
    EXPECT_GE(lengths.back(), frame_count - 1);
    EXPECT_NEAR(static_cast<double>(lengths[1000]), 30.0, 1.5) << "as many from 15 to 30 as from 30 to 60";
    EXPECT_EQ(changed({.random_positions = true, .shortest_copy_frames = 100}, 1).row_count(), frame_count)
        << "a clip that is shorter";
}

TEST_F(ClipAugmentation, has_one_gain_for_the_whole_clip) {
    const Matrix louder = changed({.lowest_gain_db = -6, .highest_gain_db = 6}, 3);
    const auto decibels = [&](std::size_t frame) {
        const double before = std::pow(10.0, value_of_frame(frame)) - 1.0;
        return 20.0 * std::log10((std::pow(10.0, louder.row(frame)[5]) - 1.0) / before);
    };
    EXPECT_GT(std::abs(decibels(0)), 0.1);
    EXPECT_LE(std::abs(decibels(0)), 6.0);
    for (std::size_t frame = 0; frame < frame_count; ++frame) EXPECT_NEAR(decibels(frame), decibels(0), 1e-2);
}

TEST_F(ClipAugmentation, stretches_within_the_clip) {
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        const Matrix stretched = changed({.stretch = 0.25}, seed);
        EXPECT_EQ(stretched.row_count(), frame_count * 4 / 5);
        const float pace = stretched.row(1)[0] - stretched.row(0)[0];
        EXPECT_LE(pace, 0.0625F * 1.25F + 1e-4F);
        EXPECT_GE(pace, 0.0625F / 1.25F - 1e-4F);
        EXPECT_LE(stretched.row(stretched.row_count() - 1)[0], value_of_frame(frame_count - 1) + 1e-4F);
    }
}

TEST_F(ClipAugmentation, leaves_something_of_a_single_frame) {
    const ClipAugmenter augmenter({.random_positions = true, .stretch = 0.5}, normalization);
    const Matrix log_mel = augmenter.apply({.values = std::span(halves_).first(band_count), .frame_count = 1}, 1);
    EXPECT_EQ(log_mel.row_count(), 1U);
    EXPECT_EQ(log_mel.column_count(), band_count);
}

}  // namespace
}  // namespace earmark
