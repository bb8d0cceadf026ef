#include "channels/channel_levels.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "tests/support/lcg.h"

namespace earmark {
namespace {

// Noise in each channel, times its factor, plus its offset.
std::vector<float> noise(const std::vector<float>& factors, float offset = 0.0F) {
    std::vector<float> samples = Lcg(2).values(0.5F, 1024 * factors.size());
    for (std::size_t i = 0; i < samples.size(); ++i) samples[i] = samples[i] * factors[i % factors.size()] + offset;
    return samples;
}

ChannelLevels levels_of(const std::vector<float>& samples, std::size_t channel_count) {
    ChannelLevels levels;
    levels.start(channel_count);
    levels.add(samples);
    return levels;
}

TEST(ChannelLevels, of_silence_have_no_sound) {
    const ChannelLevels levels = levels_of(std::vector<float>(2048), 2);
    EXPECT_FALSE(levels.has_sound());
    EXPECT_FALSE(levels.cancel());
}

TEST(ChannelLevels, of_a_constant_offset_have_no_sound) {
    EXPECT_FALSE(levels_of(noise({0.0F, 0.0F}, 0.02F), 2).has_sound());
    EXPECT_EQ(levels_of(noise({1.0F, 0.0F}, 0.02F), 2).sounding_count(), 1U);
}

TEST(ChannelLevels, count_a_channel_from_minus_70_db_on) {
    // Noise within +-0.5 has a level of -10.8 dB.
    EXPECT_FALSE(levels_of(noise({0.0010F, 0.0F}), 2).has_sound());
    EXPECT_TRUE(levels_of(noise({0.0012F, 0.0F}), 2).has_sound());
}

TEST(ChannelLevels, do_not_count_what_leaks_out_of_another_channel) {
    EXPECT_EQ(levels_of(noise({1.0F, 0.009F}), 2).sounding_count(), 1U);
    EXPECT_EQ(levels_of(noise({1.0F, 0.011F}), 2).sounding_count(), 2U);
}

TEST(ChannelLevels, remember_a_channel_that_sounded) {
    ChannelLevels levels = levels_of(noise({1.0F, 0.0F}), 2);
    levels.add(noise({0.0F, 1.0F}));
    EXPECT_TRUE(levels.all_sound());
}

TEST(ChannelLevels, count_the_frames_of_portions_with_sound) {
    ChannelLevels levels = levels_of(noise({0.0F, 0.0F}, 0.02F), 2);
    EXPECT_EQ(levels.sound_frame_count(), 0U);
    levels.add(noise({1.0F, 0.0F}));
    levels.add(noise({0.0F, 0.0F}));
    levels.add(noise({0.0F, 1.0F}));
    EXPECT_EQ(levels.sound_frame_count(), 2048U);
}

TEST(ChannelLevels, know_the_loudest_channel) { EXPECT_EQ(levels_of(noise({0.1F, 0.3F, 0.2F}), 3).loudest(), 1U); }

std::vector<float> correlated(float correlation) {
    std::vector<float> samples = noise({1.0F, 1.0F});
    for (std::size_t i = 0; i < samples.size(); i += 2)
        samples[i + 1] = correlation * samples[i] + std::sqrt(1.0F - correlation * correlation) * samples[i + 1];
    return samples;
}

TEST(ChannelLevels, cancel_where_two_channels_are_opposite) {
    for (const float correlation : {-1.0F, -0.85F, -0.65F}) EXPECT_TRUE(levels_of(correlated(correlation), 2).cancel());
    for (const float correlation : {-0.5F, 0.0F, 0.5F, 1.0F})
        EXPECT_FALSE(levels_of(correlated(correlation), 2).cancel());
}

TEST(ChannelLevels, do_not_cancel_for_channels_that_are_silent) {
    EXPECT_FALSE(levels_of(noise({1.0F, 0.0F, 0.0F, 0.0F, 0.0F, 0.0F}), 6).cancel());
    EXPECT_FALSE(levels_of(noise({1.0F, 1.0F, 0.0F, 0.0F, 0.0F, 0.0F}), 6).cancel());
    EXPECT_FALSE(levels_of(noise({1.0F, 1.0F, 1.0F, 1.0F, 1.0F, 1.0F}), 6).cancel());
}

}  // namespace
}  // namespace earmark
