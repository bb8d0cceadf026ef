#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>

#include "earmark/model.h"

namespace earmark {
namespace {

class SelfTestSignal : public testing::TestWithParam<int> {};

TEST_P(SelfTestSignal, is_what_numpy_makes_of_the_formula) {
    const std::vector<float> signal = self_test_signal(SelfTest{}, GetParam());
    std::ifstream file(EARMARK_GOLDEN_DIR "/model/self_test_signal.tsv");
    int sample_rate_hz = 0;
    std::size_t index = 0;
    double expected = 0.0;
    int count = 0;
    while (file >> sample_rate_hz >> index >> expected) {
        if (sample_rate_hz != GetParam()) continue;
        ASSERT_LT(index, signal.size());
        EXPECT_NEAR(signal[index], expected, 1e-7) << index;
        ++count;
    }
    EXPECT_GT(count, 100);
}

TEST_P(SelfTestSignal, has_the_length_that_its_duration_says) {
    SelfTest self_test;
    EXPECT_EQ(self_test_signal(self_test, GetParam()).size(), 5U * static_cast<unsigned>(GetParam()));
    self_test.duration_s = 0.5;
    EXPECT_EQ(self_test_signal(self_test, GetParam()).size(), static_cast<unsigned>(GetParam()) / 2U);
}

INSTANTIATE_TEST_SUITE_P(SampleRates, SelfTestSignal, testing::Values(8000, 22050));

TEST(SelfTestSignal, starts_with_the_noise_alone) {
    const std::vector<float> signal = self_test_signal(SelfTest{}, 22050);
    EXPECT_NEAR(signal.front(), 0.1 * (1015568748.0 / 2147483648.0 - 1.0), 1e-8);
}

TEST(SelfTestSignal, beeps_for_a_tenth_of_each_half_second) {
    const std::vector<float> signal = self_test_signal(SelfTest{}, 22050);
    const auto level = [&](double start_s) {
        double real = 0.0;
        double imaginary = 0.0;
        const auto first = static_cast<std::size_t>(start_s * 22050);
        for (std::size_t i = first; i < first + 1764; ++i) {
            const double phase = 2.0 * 3.14159265358979 * 1760.0 * static_cast<double>(i) / 22050.0;
            real += signal[i] * std::cos(phase);
            imaginary += signal[i] * std::sin(phase);
        }
        return std::hypot(real, imaginary) / 882.0;
    };
    EXPECT_NEAR(level(1.01), 0.2, 0.02);
    EXPECT_NEAR(level(1.51), 0.2, 0.02);
    EXPECT_LT(level(1.2), 0.02);
    EXPECT_LT(level(1.7), 0.02);
}

TEST(SelfTestSignal, does_not_clip) {
    const std::vector<float> signal = self_test_signal(SelfTest{}, 22050);
    EXPECT_TRUE(std::all_of(signal.begin(), signal.end(), [](float x) { return std::abs(x) <= 0.7F; }));
}

}  // namespace
}  // namespace earmark
