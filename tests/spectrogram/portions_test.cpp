// A spectrogram of audio that comes in portions, and of audio that need not be resampled.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <tuple>

#include "earmark/spectrogram.h"
#include "spectrogram/reflection.h"
#include "spectrogram/resampler_gain.h"
#include "spectrogram/sample_window.h"
#include "tests/spectrogram/signals.h"
#include "tests/support/whole_stages.h"

namespace earmark::test {
namespace {

// By definition: every frame copied sample by sample from the whole audio.
std::vector<std::vector<float>> frames_by_definition(const std::vector<float>& samples, std::size_t window,
                                                     std::size_t hop) {
    std::vector<std::vector<float>> frames;
    for (std::size_t center = 0; center <= samples.size() && !samples.empty(); center += hop) {
        auto& frame = frames.emplace_back();
        for (std::size_t i = 0; i < window; ++i) {
            const auto index = static_cast<std::ptrdiff_t>(center + i) - static_cast<std::ptrdiff_t>(window / 2);
            frame.push_back(samples[reflected_index(index, samples.size())]);
        }
    }
    return frames;
}

std::vector<std::vector<float>> frames_in_portions(SampleWindow& window, std::span<const float> samples,
                                                   std::size_t portion) {
    std::vector<std::vector<float>> frames;
    const auto keep = [&](std::span<const float> frame) { frames.emplace_back(frame.begin(), frame.end()); };
    for (; !samples.empty(); samples = samples.subspan(std::min(portion, samples.size()))) {
        window.add(samples.first(std::min(portion, samples.size())), keep);
    }
    window.finish(keep);
    return frames;
}

class Portions : public testing::TestWithParam<std::tuple<std::size_t, std::size_t>> {};

TEST_P(Portions, of_any_size_give_the_frames_of_the_whole) {
    const auto [sample_count, portion] = GetParam();
    const auto samples = noise(sample_count, 1.0);
    SampleWindow window(16, 6);
    EXPECT_EQ(frames_in_portions(window, samples, portion), frames_by_definition(samples, 16, 6));
    EXPECT_EQ(frames_in_portions(window, samples, portion), frames_by_definition(samples, 16, 6)) << "the second time";
}

INSTANTIATE_TEST_SUITE_P(, Portions,
                         testing::Combine(testing::Values(0, 1, 2, 5, 7, 8, 9, 10, 15, 16, 17, 24, 60, 61, 200),
                                          testing::Values(1, 2, 5, 16, 33, 1000)));

Matrix in_portions(Spectrogram& spectrogram, std::span<const float> samples, std::size_t portion) {
    std::vector<float> values;
    const auto keep = [&](std::span<const float> row) { values.insert(values.end(), row.begin(), row.end()); };
    for (; !samples.empty(); samples = samples.subspan(std::min(portion, samples.size()))) {
        spectrogram.add(samples.first(std::min(portion, samples.size())), keep);
    }
    spectrogram.finish(keep);
    const std::size_t frame_count = values.size() / 128;
    return {frame_count, 128, std::move(values)};
}

TEST(SpectrogramInPortions, is_bit_by_bit_that_of_the_whole) {
    Spectrogram spectrogram{SpectrogramSettings{}};
    const auto samples = noise(20'011, 0.3);
    const Matrix whole = log_mel_of(spectrogram, samples);
    for (const std::size_t portion : {1U, 511U, 512U, 1000U, 4097U, 30'000U}) {
        const Matrix portions = in_portions(spectrogram, samples, portion);
        EXPECT_TRUE(std::ranges::equal(portions.values(), whole.values())) << "portions of " << portion;
    }
}

TEST(SpectrogramInPortions, starts_anew_after_reset) {
    Spectrogram spectrogram{SpectrogramSettings{}};
    const auto samples = noise(5000, 0.3);
    spectrogram.add(samples, [](std::span<const float>) {});
    spectrogram.reset();
    const Matrix again = in_portions(spectrogram, samples, 700);
    EXPECT_TRUE(std::ranges::equal(again.values(), log_mel_of(spectrogram, samples).values()));
}

TEST(OversampledSpectrogram, accepts_powers_of_two_of_the_rate) {
    const SpectrogramSettings settings;
    for (const int rate : {22050, 44100, 88200, 176400}) EXPECT_TRUE(Spectrogram::accepts(settings, rate)) << rate;
    for (const int rate : {-22050, 0, 8000, 11025, 48000, 66150, 96000, 352800}) {
        EXPECT_FALSE(Spectrogram::accepts(settings, rate)) << rate;
    }
}

// Tones well below half the lower rate: resampling would not change them.
std::vector<float> chord(std::size_t count, int sample_rate_hz) {
    return sampled(count, sample_rate_hz, [](double t) {
        const double turns = 2 * std::numbers::pi * t;
        return 0.3 * std::sin(110.0 * turns) + 0.2 * std::sin(1234.5 * turns) + 0.1 * std::sin(8765.0 * turns);
    });
}

TEST(OversampledSpectrogram, of_tones_is_that_of_the_lower_rate) {
    const SpectrogramSettings settings;
    const Matrix expected = log_mel_of(Spectrogram(settings), chord(22'050, 22'050));
    for (const int factor : {2, 4, 8}) {
        Spectrogram spectrogram(settings, 22'050 * factor);
        const Matrix actual =
            log_mel_of(spectrogram, chord(22'050 * static_cast<std::size_t>(factor), 22'050 * factor));
        ASSERT_EQ(actual.row_count(), expected.row_count());
        // Frames at both ends hold reflected samples, with a bend that another rate sees otherwise.
        for (std::size_t row = 1; row + 1 < expected.row_count(); ++row) {
            EXPECT_THAT(actual.row(row), testing::Pointwise(testing::FloatNear(2e-4F), expected.row(row)))
                << factor << " times, frame " << row;
        }
    }
}

TEST(OversampledSpectrogram, has_nothing_above_half_the_lower_rate) {
    Spectrogram spectrogram(SpectrogramSettings{}, 44'100);
    const Matrix log_mel = log_mel_of(spectrogram, sine(44'100, 44'100, 13'000.0, 0.8));
    EXPECT_LT(*std::ranges::max_element(log_mel.rows(2, log_mel.row_count() - 4)), 1e-3F);
}

TEST(ResamplerGain, is_one_in_the_pass_band_and_falls_to_nothing) {
    EXPECT_EQ(resampler_gain(0.0), 1.0);
    EXPECT_EQ(resampler_gain(0.9), 1.0);
    EXPECT_NEAR(resampler_gain(0.95), 0.71819, 1e-6);  // of the table
    EXPECT_NEAR(resampler_gain(1.0), 0.0, 1e-9);
    for (int thousandths = 0; thousandths < 999; ++thousandths) {
        const double fraction = thousandths / 1000.0;
        EXPECT_GE(resampler_gain(fraction), resampler_gain(fraction + 0.001)) << fraction;
    }
}

}  // namespace
}  // namespace earmark::test
