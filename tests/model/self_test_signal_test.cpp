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

TEST_P(SelfTestSignal, has_the_length_of_its_duration) {
    SelfTest self_test;
    EXPECT_EQ(self_test_signal(self_test, GetParam()).size(), 5U * static_cast<unsigned>(GetParam()));
    self_test.duration_s = 0.5;
    EXPECT_EQ(self_test_signal(self_test, GetParam()).size(), static_cast<unsigned>(GetParam()) / 2U);
}

INSTANTIATE_TEST_SUITE_P(SampleRates, SelfTestSignal, testing::Values(8000, 22050));

Model model_of_scales(const std::vector<int>& scales) {
    Model model;
    for (const int segment_frames : scales) model.architectures.push_back({segment_frames, {{3, 4, 2}}, 5});
    return model;
}

std::size_t self_test_frames(const Model& model) {
    const SelfTest self_test{self_test_duration_s(model), 0.01, {}};
    const SpectrogramSettings& settings = model.spectrogram;
    const std::size_t sample_count = self_test_signal(self_test, settings.sample_rate_hz).size();
    return 1 + sample_count / static_cast<std::size_t>(settings.hop_samples);
}

TEST(SelfTestDuration, is_92_frames_for_the_scales_of_the_paper) {
    EXPECT_EQ(self_test_frames(model_of_scales({18, 27, 54})), 92U);
    EXPECT_NEAR(self_test_duration_s(model_of_scales({18, 27, 54})), 2.1130, 1e-4);
}

TEST(SelfTestDuration, is_no_whole_number_of_segments_of_any_network) {
    for (const std::vector<int>& scales : {std::vector{18},
                                           {27},
                                           {54},
                                           {108},
                                           {216},
                                           {18, 27, 54, 108, 216},
                                           {2, 3},
                                           {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 17},
                                           {10, 17}}) {
        const std::size_t frame_count = self_test_frames(model_of_scales(scales));
        EXPECT_GT(frame_count, static_cast<std::size_t>(scales.back()));
        for (const int scale : scales) {
            if (scale == 1) continue;
            EXPECT_NE(frame_count % static_cast<std::size_t>(scale), 0U) << frame_count << ' ' << scale;
        }
    }
}

TEST(SelfTestDuration, is_within_the_range_that_a_file_may_have) {
    Model model = model_of_scales({100'000});
    EXPECT_EQ(self_test_duration_s(model), 60.0);
    model = model_of_scales({1});
    model.spectrogram.hop_samples = 1;
    EXPECT_EQ(self_test_duration_s(model), 0.05);
}

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
