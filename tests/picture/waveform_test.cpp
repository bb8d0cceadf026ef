#include "apps/picture/waveform.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "tests/picture/pixels.h"

namespace earmark {
namespace {

std::vector<float> ramp(std::size_t count) {
    std::vector<float> samples(count);
    for (std::size_t i = 0; i < count; ++i) samples[i] = static_cast<float>(i) / static_cast<float>(count);
    return samples;
}

TEST(WaveformPeaks, keep_the_extremes_of_stretches_in_memory_that_does_not_grow) {
    const std::vector<float> samples = ramp(100'000);
    WaveformPeaks peaks;
    peaks.add(samples);
    EXPECT_EQ(peaks.samples_of_a_stretch(), 32U);
    ASSERT_EQ(peaks.stretches().size(), 3'125U);
    EXPECT_EQ(peaks.stretches()[10].least, samples[320]);
    EXPECT_EQ(peaks.stretches()[10].greatest, samples[351]);
    double square_sum = 0.0;
    for (const WaveformPeaks::Stretch& stretch : peaks.stretches()) square_sum += stretch.square_sum;
    double expected = 0.0;
    for (const float sample : samples) expected += static_cast<double>(sample) * static_cast<double>(sample);
    EXPECT_NEAR(square_sum, expected, 1e-6 * expected);
}

TEST(WaveformPeaks, do_not_depend_on_the_portions) {
    const std::vector<float> samples = ramp(10'007);
    WaveformPeaks whole;
    whole.add(samples);
    WaveformPeaks in_portions;
    for (std::size_t first = 0; first < samples.size(); first += 13)
        in_portions.add(std::span(samples).subspan(first, std::min<std::size_t>(13, samples.size() - first)));
    ASSERT_EQ(whole.stretches().size(), in_portions.stretches().size());
    for (std::size_t i = 0; i < whole.stretches().size(); ++i) {
        EXPECT_EQ(whole.stretches()[i].least, in_portions.stretches()[i].least);
        EXPECT_EQ(whole.stretches()[i].greatest, in_portions.stretches()[i].greatest);
    }
}

TEST(DrawWaveform, is_tall_where_it_is_loud) {
    WaveformPeaks peaks;
    std::vector<float> samples(20'000, 0.0F);
    for (std::size_t i = 10'000; i < samples.size(); ++i) samples[i] = std::sin(static_cast<float>(i) * 0.1F);
    peaks.add(samples);
    Canvas canvas(PictureFormat::png, 100, 40, light_theme().background);
    draw_waveform(canvas, {0, 0, 100, 40}, peaks, light_theme());
    const Pixels pixels = read_png(canvas.finish());
    const auto height_at = [&](std::size_t x) {
        std::size_t count = 0;
        for (std::size_t y = 0; y < 40; ++y) count += pixels.at(x, y) != light_theme().background ? 1 : 0;
        return count;
    };
    EXPECT_LE(height_at(20), 2U);
    EXPECT_GE(height_at(80), 38U);
}

}  // namespace
}  // namespace earmark
