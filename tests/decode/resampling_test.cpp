// Compared with python-soxr; tests/golden/decode/generate.py made the values.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "tests/decode/test_support.h"

namespace earmark::test {
namespace {

std::vector<float> tone(int from_hz, int to_hz) {
    return decode_file(golden_file("tone_" + std::to_string(from_hz) + ".wav"), to_hz).audio.samples;
}

float greatest_difference(const std::vector<float>& left, const std::vector<float>& right) {
    float greatest = 0.0F;
    for (std::size_t i = 0; i < std::min(left.size(), right.size()); ++i) {
        greatest = std::max(greatest, std::fabs(left[i] - right[i]));
    }
    return greatest;
}

class Resampling : public testing::TestWithParam<int> {};

TEST_P(Resampling, equals_that_of_python_soxr) {
    const auto expected = read_float32(golden_file("tone_" + std::to_string(GetParam()) + "_to_22050.f32"));
    const auto samples = tone(GetParam(), 22050);
    ASSERT_EQ(samples.size(), expected.size());
    EXPECT_LT(greatest_difference(samples, expected), 1e-5F);
}

TEST_P(Resampling, keeps_the_duration) { EXPECT_NEAR(static_cast<double>(tone(GetParam(), 22050).size()), 2205, 1); }

TEST_P(Resampling, to_the_same_rate_changes_no_sample) {
    const Bytes file = read_bytes(golden_file("tone_" + std::to_string(GetParam()) + ".wav"));
    const auto samples = tone(GetParam(), GetParam());
    ASSERT_EQ(samples.size(), (file.size() - 44) / 2);
    for (std::size_t i = 0; i < samples.size(); ++i) {
        const int low = std::to_integer<int>(file[44 + 2 * i]);
        const int high = std::to_integer<int>(file[45 + 2 * i]);
        ASSERT_EQ(samples[i], static_cast<float>(static_cast<std::int16_t>(256 * high + low)) / 32768.0F) << i;
    }
}

INSTANTIATE_TEST_SUITE_P(Rates, Resampling, testing::Values(8000, 16000, 32000, 44100, 48000));

TEST(Resampling, removes_what_the_new_rate_cannot_hold) {
    const auto high =
        decode_bytes(wav_file(bytes_of(sine(15000, 44100, 1.0)), {.sample_rate_hz = 44100}), "a.wav", 22050);
    // The switching on and off of the sine has energy everywhere, so its ends are left out.
    const auto& samples = high.audio.samples;
    const auto loudest = std::max_element(samples.begin() + 2000, samples.end() - 2000,
                                          [](float left, float right) { return std::fabs(left) < std::fabs(right); });
    EXPECT_LT(std::fabs(*loudest), 1e-4F);
}

TEST(Resampling, of_a_file_whose_rate_changes_goes_on_at_the_new_rate) {
    Bytes joined = read_bytes(golden_file("coded_no_length.mp3"));
    const Bytes second = read_bytes(golden_file("coded_no_length_stereo.mp3"));
    joined.insert(joined.end(), second.begin(), second.end());
    const double expected_s = decode_file(golden_file("coded_no_length.mp3"), 22050).audio.duration_s() +
                              decode_file(golden_file("coded_no_length_stereo.mp3"), 22050).audio.duration_s();
    // FFmpeg's parser drops a frame where the header changes.
    EXPECT_NEAR(decode_bytes(joined, "joined.mp3", 22050).audio.duration_s(), expected_s, 0.04);
}

}  // namespace
}  // namespace earmark::test
