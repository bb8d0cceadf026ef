#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "tests/decode/test_support.h"

namespace earmark::test {
namespace {

template <typename Number>
std::vector<float> mono(const std::vector<Number>& interleaved, int channel_count, bool floating = false) {
    const WavFormat format{.channel_count = channel_count, .bits = 8 * sizeof(Number), .floating = floating};
    return decode_bytes(wav_file(bytes_of(interleaved), format), "a.wav", 22050).audio.samples;
}

TEST(Downmix, of_two_channels_is_their_mean) {
    EXPECT_EQ(mono<std::int16_t>({16384, 0, -8192, 8192, 32767, 32767}, 2),
              (std::vector<float>{0.25F, 0.0F, 32767.0F / 32768.0F}));
}

TEST(Downmix, of_two_equal_channels_is_either_of_them) {
    const auto single = sine(440, 22050, 0.1);
    std::vector<std::int16_t> twice;
    for (const std::int16_t sample : single) twice.insert(twice.end(), {sample, sample});
    EXPECT_EQ(mono(twice, 2), mono(single, 1));
}

TEST(Downmix, of_opposite_channels_is_silence) {
    EXPECT_EQ(mono<std::int16_t>({1000, -1000, -7, 7}, 2), (std::vector<float>{0.0F, 0.0F}));
}

TEST(Downmix, of_6_channels_weighs_all_of_them_equally) {
    const auto samples = mono<float>({0.6F, 0, 0, 0, 0, 0, 0, 0, 0, 0.6F, 0, 0, 0.1F, 0.2F, 0.3F, 0.4F, 0.5F, 0.6F}, 6,
                                     /*floating=*/true);
    ASSERT_EQ(samples.size(), 3U);
    EXPECT_FLOAT_EQ(samples[0], 0.1F);
    EXPECT_FLOAT_EQ(samples[1], 0.1F);
    EXPECT_FLOAT_EQ(samples[2], 0.35F);
}

TEST(Downmix, of_3_channels_is_their_mean) {
    EXPECT_FLOAT_EQ(mono<std::int16_t>({3, 6, 9, 3, 6, 9}, 3).at(0), 6.0F / 32768.0F);
}

TEST(Downmix, centers_unsigned_bytes) {
    EXPECT_EQ(mono<std::uint8_t>({128, 0, 192}, 1), (std::vector<float>{0.0F, -1.0F, 0.5F}));
}

TEST(Downmix, scales_32_bits) {
    EXPECT_EQ(mono<std::int32_t>({1 << 30, std::numeric_limits<std::int32_t>::min()}, 1),
              (std::vector<float>{0.5F, -1.0F}));
}

TEST(Downmix, scales_64_bits) { EXPECT_EQ(mono<std::int64_t>({std::int64_t{1} << 62}, 1), (std::vector<float>{0.5F})); }

TEST(Downmix, keeps_floating_point_beyond_full_scale) {
    EXPECT_EQ(mono<float>({1.5F, -2.0F}, 1, true), (std::vector<float>{1.5F, -2.0F}));
    EXPECT_EQ(mono<double>({1.5, -0.25}, 1, true), (std::vector<float>{1.5F, -0.25F}));
}

TEST(Downmix, makes_silence_of_what_is_no_number) {
    constexpr float infinity = std::numeric_limits<float>::infinity();
    constexpr float none = std::numeric_limits<float>::quiet_NaN();
    EXPECT_EQ(mono<float>({none, infinity, -infinity, 3e38F, 0.5F}, 1, true),
              (std::vector<float>{0.0F, 0.0F, 0.0F, 0.0F, 0.5F}));
    EXPECT_EQ(mono<float>({none, 0.5F, infinity, -infinity}, 2, true), (std::vector<float>{0.0F, 0.0F}));
}

TEST(Downmix, makes_silence_of_a_double_that_a_float_cannot_hold) {
    EXPECT_EQ(mono<double>({1e300, -1e300, 0.25}, 1, true), (std::vector<float>{0.0F, 0.0F, 0.25F}));
}

TEST(Downmix, of_silence_is_exactly_zero) {
    EXPECT_EQ(mono(std::vector<std::int16_t>(600, 0), 2), std::vector<float>(300, 0.0F));
}

}  // namespace
}  // namespace earmark::test
