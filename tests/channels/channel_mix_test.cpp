#include "channels/channel_mix.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/lcg.h"

namespace earmark {
namespace {

using testing::Each;
using testing::Pointwise;

std::vector<float> noise(std::size_t frame_count, std::uint32_t seed = 1) {
    return Lcg(seed).values(0.5F, frame_count);
}

std::vector<float> silence(std::size_t frame_count) { return std::vector<float>(frame_count); }

std::vector<float> joined(std::vector<float> first, const std::vector<float>& second) {
    first.insert(first.end(), second.begin(), second.end());
    return first;
}

std::vector<float> times(float factor, std::vector<float> samples) {
    for (float& sample : samples) sample *= factor;
    return samples;
}

std::vector<float> interleaved(const std::vector<std::vector<float>>& channels) {
    std::vector<float> samples;
    for (std::size_t i = 0; i < channels.front().size(); ++i)
        for (const auto& channel : channels) samples.push_back(channel[i]);
    return samples;
}

struct Mixed {
    std::vector<float> samples;
    bool channels_cancel = false;
    bool has_incomplete_frame = false;
};

Mixed mixed(const std::vector<float>& samples, std::size_t channel_count, bool plain = false,
            std::size_t portion = 1'000'000) {
    ChannelMix mix;
    mix.start(channel_count, plain);
    Mixed result;
    const auto append = [&](std::span<const float> mono) {
        result.samples.insert(result.samples.end(), mono.begin(), mono.end());
    };
    for (std::size_t place = 0; place < samples.size(); place += portion)
        mix.add(std::span(samples).subspan(place, std::min(portion, samples.size() - place)), append);
    mix.finish(append);
    result.channels_cancel = mix.channels_cancel();
    result.has_incomplete_frame = mix.has_incomplete_frame();
    return result;
}

std::vector<float> mean(const std::vector<float>& samples, std::size_t channel_count) {
    return mixed(samples, channel_count, true).samples;
}

TEST(ChannelMix, in_the_plain_way_is_the_mean_over_all_channels) {
    EXPECT_EQ(mean({0.5F, 0.25F, 0.0F, -1.0F}, 2), (std::vector<float>{0.375F, -0.5F}));
    EXPECT_EQ(mean(interleaved({noise(5000), silence(5000)}), 2), times(0.5F, noise(5000)));
    EXPECT_THAT(mean(interleaved({noise(5000), times(-1.0F, noise(5000))}), 2), Each(0.0F));
}

TEST(ChannelMix, of_music_is_bit_by_bit_the_plain_one) {
    for (const std::size_t frame_count : {1U, 1000U, 1024U, 20'000U, 150'000U}) {
        const std::vector<float> stereo = interleaved({noise(frame_count, 1), noise(frame_count, 2)});
        EXPECT_EQ(mixed(stereo, 2).samples, mean(stereo, 2)) << frame_count;
        const std::vector<float> three =
            interleaved({noise(frame_count, 1), noise(frame_count, 2), noise(frame_count, 3)});
        EXPECT_EQ(mixed(three, 3).samples, mean(three, 3)) << frame_count;
    }
}

TEST(ChannelMix, of_music_in_which_a_channel_starts_late_is_bit_by_bit_the_plain_one) {
    const std::vector<float> late = joined(silence(1'500'000), noise(50'000, 2));
    const std::vector<float> stereo = interleaved({noise(1'550'000, 1), late});
    EXPECT_EQ(mixed(stereo, 2).samples, mean(stereo, 2));
}

TEST(ChannelMix, of_one_channel_that_sounds_is_that_channel) {
    for (const std::size_t frame_count : {100U, 1000U, 20'000U, 2'200'000U}) {
        EXPECT_EQ(mixed(interleaved({noise(frame_count), silence(frame_count)}), 2).samples, noise(frame_count));
        EXPECT_EQ(mixed(interleaved({silence(frame_count), noise(frame_count)}), 2).samples, noise(frame_count));
    }
}

TEST(ChannelMix, of_six_channels_is_the_mean_over_those_that_sound) {
    const std::vector<float> none = silence(20'000);
    const std::vector<float> left = noise(20'000, 1);
    const std::vector<float> right = noise(20'000, 2);
    EXPECT_THAT(mixed(interleaved({left, right, none, none, none, none}), 6).samples,
                Pointwise(testing::FloatNear(1e-6F), mean(interleaved({left, right}), 2)));
}

TEST(ChannelMix, counts_a_channel_that_starts_after_the_decision_from_there_on) {
    const std::size_t late = ChannelMix::most_held_frames + 10 * 1024;
    const std::vector<float> left = noise(late + 10'000, 1);
    const std::vector<float> right = joined(silence(late), noise(10'000, 2));
    const std::vector<float> actual = mixed(interleaved({left, right}), 2).samples;
    const std::vector<float> expected = mean(interleaved({left, right}), 2);
    ASSERT_EQ(actual.size(), expected.size());
    EXPECT_TRUE(std::equal(left.begin(), left.begin() + static_cast<std::ptrdiff_t>(late), actual.begin()));
    EXPECT_TRUE(std::equal(expected.begin() + static_cast<std::ptrdiff_t>(late), expected.end(),
                           actual.begin() + static_cast<std::ptrdiff_t>(late)));
}

TEST(ChannelMix, of_two_opposite_channels_is_either_of_them) {
    for (const std::size_t frame_count : {1'000U, 20'000U, 2'200'000U}) {
        const Mixed actual = mixed(interleaved({noise(frame_count), times(-1.0F, noise(frame_count))}), 2);
        EXPECT_EQ(actual.samples, noise(frame_count));
        EXPECT_TRUE(actual.channels_cancel);
    }
}

TEST(ChannelMix, of_music_with_one_channel_inverted_is_the_mean_as_it_was) {
    const std::vector<float> middle = noise(50'000, 1);
    const std::vector<float> side = times(0.2F, noise(50'000, 2));
    std::vector<float> left = middle;
    std::vector<float> right = middle;
    for (std::size_t i = 0; i < middle.size(); ++i) {
        left[i] += side[i];
        right[i] -= side[i];
    }
    const Mixed actual = mixed(interleaved({left, times(-1.0F, right)}), 2);
    EXPECT_EQ(actual.samples, mean(interleaved({left, right}), 2));
    EXPECT_TRUE(actual.channels_cancel);
    EXPECT_FALSE(mixed(interleaved({left, right}), 2).channels_cancel);
}

// Something wide at the start of a song, such as a cymbal, does not show what the channels are.
TEST(ChannelMix, of_opposite_channels_does_not_depend_on_how_the_sound_begins) {
    for (const std::size_t start : {1024U, 30'000U}) {
        const std::vector<float> rest = noise(300'000, 3);
        const std::vector<float> left = joined(noise(start, 1), rest);
        const std::vector<float> right = joined(noise(start, 2), times(-1.0F, rest));
        const Mixed actual = mixed(interleaved({left, right}), 2);
        EXPECT_EQ(actual.samples, mean(interleaved({left, times(-1.0F, right)}), 2));
        EXPECT_TRUE(actual.channels_cancel) << start;
    }
}

TEST(ChannelMix, does_not_count_a_pause_among_the_frames_that_decide) {
    const std::vector<float> pause = silence(ChannelMix::judged_frames);
    const std::vector<float> rest = noise(50'000, 3);
    const std::vector<float> left = joined(joined(noise(1024, 1), pause), rest);
    const std::vector<float> right = joined(joined(noise(1024, 2), pause), times(-1.0F, rest));
    EXPECT_TRUE(mixed(interleaved({left, right}), 2).channels_cancel);
}

TEST(ChannelMix, of_music_is_not_held_back_longer_than_it_takes_to_decide) {
    ChannelMix mix;
    mix.start(2, false);
    std::size_t count = 0;
    const auto add = [&](std::span<const float> mono) { count += mono.size(); };
    const std::size_t frame_count = ChannelMix::judged_frames;
    const std::vector<float> samples = interleaved({noise(frame_count, 1), noise(frame_count, 2)});
    mix.add(std::span(samples).first(samples.size() - 2), add);
    EXPECT_EQ(count, 0U);
    mix.add(std::span(samples).last(2), add);
    EXPECT_EQ(count, frame_count);
    EXPECT_TRUE(mix.is_mean());
}

TEST(ChannelMix, of_music_whose_first_second_has_opposite_channels_is_bit_by_bit_the_plain_one) {
    const std::vector<float> start = noise(44'100, 3);
    const std::vector<float> left = joined(start, noise(200'000, 1));
    const std::vector<float> right = joined(times(-1.0F, start), noise(200'000, 2));
    EXPECT_EQ(mixed(interleaved({left, right}), 2).samples, mean(interleaved({left, right}), 2));
}

TEST(ChannelMix, of_more_channels_that_cancel_each_other_is_the_loudest) {
    const Mixed actual = mixed(interleaved({times(-0.5F, noise(5000)), noise(5000), times(-0.5F, noise(5000))}), 3);
    EXPECT_EQ(actual.samples, noise(5000));
    EXPECT_TRUE(actual.channels_cancel);
}

TEST(ChannelMix, does_not_depend_on_the_portions) {
    const std::vector<float> start = silence(3000);
    for (const float factor : {0.0F, 0.3F, -1.0F}) {
        const std::vector<float> left = joined(start, noise(9000, 1));
        const std::vector<float> samples = interleaved({left, times(factor, left)});
        const Mixed whole = mixed(samples, 2);
        ASSERT_EQ(whole.samples.size(), 12'000U);
        for (const std::size_t portion : {1U, 7U, 2048U, 5000U})
            EXPECT_EQ(mixed(samples, 2, false, portion).samples, whole.samples) << factor << ", " << portion;
    }
}

TEST(ChannelMix, of_silence_is_silence) {
    EXPECT_EQ(mixed(silence(20'000), 2).samples, silence(10'000));
    EXPECT_FALSE(mixed(silence(20'000), 2).channels_cancel);
}

TEST(ChannelMix, notices_a_last_frame_that_lacks_channels) {
    for (const std::size_t frame_count : {0U, 500U, 20'000U}) {
        std::vector<float> samples = interleaved({noise(frame_count, 1), noise(frame_count, 2)});
        EXPECT_FALSE(mixed(samples, 2).has_incomplete_frame) << frame_count;
        samples.push_back(0.5F);
        EXPECT_TRUE(mixed(samples, 2).has_incomplete_frame) << frame_count;
        EXPECT_EQ(mixed(samples, 2).samples.size(), frame_count);
    }
}

TEST(ChannelMix, forgets_the_clip_before) {
    ChannelMix mix;
    mix.start(2, false);
    mix.add(interleaved({noise(5000), silence(5000)}), [](auto) {});
    mix.start(2, false);
    const std::vector<float> samples = interleaved({silence(3000), noise(3000)});
    std::vector<float> result;
    const auto append = [&](std::span<const float> mono) { result.insert(result.end(), mono.begin(), mono.end()); };
    mix.add(samples, append);
    mix.finish(append);
    EXPECT_EQ(result, noise(3000));
}

}  // namespace
}  // namespace earmark
