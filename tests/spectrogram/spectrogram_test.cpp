#include "earmark/spectrogram.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "earmark/error.h"
#include "tests/spectrogram/golden.h"
#include "tests/spectrogram/signals.h"
#include "tests/support/whole_stages.h"

namespace earmark::test {
namespace {

std::vector<float> values_of(const Matrix& matrix) { return {matrix.values().begin(), matrix.values().end()}; }

std::vector<float> log_mel_values(std::span<const float> samples) {
    return values_of(log_mel_of(Spectrogram(default_settings), samples));
}

std::size_t loudest_band(std::span<const float> row) {
    return static_cast<std::size_t>(std::max_element(row.begin(), row.end()) - row.begin());
}

TEST(Spectrogram, silence_is_zero) {
    const Matrix log_mel = log_mel_of(Spectrogram(default_settings), std::vector<float>(5000, 0.0F));
    ASSERT_EQ(log_mel.row_count(), 10U);
    for (const float value : log_mel.values()) EXPECT_EQ(value, 0.0F);
}

TEST(Spectrogram, no_samples_give_no_frames) {
    EXPECT_EQ(log_mel_of(Spectrogram(default_settings), {}).row_count(), 0U);
}

TEST(Spectrogram, a_clip_of_magnatagatune_has_1250_frames_and_a_few) {
    // The published code cuts the 29.1 s clips to 1,250 frames; there are 1,254 in all.
    EXPECT_EQ(log_mel_of(Spectrogram(default_settings), std::vector<float>(641'655)).row_count(), 1254U);
}

class FrameCount : public testing::TestWithParam<std::pair<std::size_t, std::size_t>> {};

TEST_P(FrameCount, is_one_and_the_hops_that_fit) {
    const auto [sample_count, frame_count] = GetParam();
    Spectrogram spectrogram(default_settings);
    EXPECT_EQ(log_mel_of(spectrogram, noise(sample_count, 0.1)).row_count(), frame_count);
}

INSTANTIATE_TEST_SUITE_P(, FrameCount,
                         testing::Values(std::pair(0U, 0U), std::pair(1U, 1U), std::pair(511U, 1U), std::pair(512U, 2U),
                                         std::pair(513U, 2U), std::pair(1023U, 2U), std::pair(1024U, 3U),
                                         std::pair(22050U, 44U)),
                         [](const auto& test) { return std::to_string(test.param.first) + "_samples"; });

TEST(Spectrogram, louder_is_greater_in_every_band) {
    const auto quiet = log_mel_values(noise(6000, 0.1));
    const auto loud = log_mel_values(noise(6000, 0.2));
    for (std::size_t i = 0; i < quiet.size(); ++i) EXPECT_GT(loud[i], quiet[i]) << "at value " << i;
}

TEST(Spectrogram, twice_the_amplitude_is_twice_the_mel_magnitude) {
    const auto single = log_mel_values(noise(2048, 0.1));
    const auto twice = log_mel_values(noise(2048, 0.2));
    for (std::size_t i = 0; i < single.size(); ++i) {
        const double expected = 2.0 * (std::pow(10.0, single[i]) - 1.0);
        EXPECT_NEAR(std::pow(10.0, twice[i]) - 1.0, expected, 1e-4 * expected + 1e-5);
    }
}

TEST(Spectrogram, polarity_does_not_matter) {
    auto samples = noise(3000, 0.3);
    const auto upright = log_mel_values(samples);
    for (float& sample : samples) sample = -sample;
    EXPECT_EQ(log_mel_values(samples), upright);
}

TEST(Spectrogram, a_shift_by_one_hop_shifts_the_frames) {
    const auto samples = noise(512UL * 12, 0.3);
    Spectrogram spectrogram(default_settings);
    const Matrix whole = log_mel_of(spectrogram, samples);
    const Matrix shifted = log_mel_of(spectrogram, std::span(samples).subspan(512));
    for (std::size_t frame = 1; frame + 2 < shifted.row_count(); ++frame) {
        const auto expected = whole.row(frame + 1);
        const auto row = shifted.row(frame);
        EXPECT_TRUE(std::equal(row.begin(), row.end(), expected.begin(),
                               [](float a, float b) { return std::abs(a - b) < 1e-6F; }))
            << "at frame " << frame;
    }
}

TEST(Spectrogram, audio_played_backwards_gives_the_frames_backwards) {
    auto samples = noise(512UL * 8 + 1, 0.3);
    Spectrogram spectrogram(default_settings);
    const Matrix forwards = log_mel_of(spectrogram, samples);
    std::reverse(samples.begin(), samples.end());
    const Matrix backwards = log_mel_of(spectrogram, samples);
    for (std::size_t frame = 0; frame < forwards.row_count(); ++frame) {
        const auto mirrored = backwards.row(forwards.row_count() - 1 - frame);
        for (std::size_t band = 0; band < mirrored.size(); ++band) {
            // Not exact: the periodic window is symmetrical about its sample 512, and misses its first sample's twin.
            ASSERT_NEAR(forwards(frame, band), mirrored[band], 1e-3F) << "at frame " << frame;
        }
    }
}

TEST(Spectrogram, an_impulse_is_only_in_the_frames_that_contain_it) {
    std::vector<float> samples(512UL * 10, 0.0F);
    samples[512UL * 5] = 1.0F;
    const Matrix log_mel = log_mel_of(Spectrogram(default_settings), samples);
    for (std::size_t frame = 0; frame < log_mel.row_count(); ++frame) {
        EXPECT_EQ(*std::max_element(log_mel.row(frame).begin(), log_mel.row(frame).end()) > 0.0F, frame == 5)
            << "at frame " << frame;
    }
}

TEST(Spectrogram, a_higher_tone_is_loudest_in_a_higher_band) {
    Spectrogram spectrogram(default_settings);
    std::size_t previous = 0;
    for (const double frequency_hz : {110.0, 440.0, 1000.0, 3000.0, 8000.0, 10500.0}) {
        const Matrix log_mel = log_mel_of(spectrogram, sine(8192, 22050, frequency_hz, 0.5));
        const std::size_t band = loudest_band(log_mel.row(8));
        EXPECT_GT(band, previous) << frequency_hz << " Hz";
        previous = band;
    }
    EXPECT_GT(previous, 120U);
}

TEST(Spectrogram, the_doubled_window_gives_the_same_at_44100_hz) {
    // The settings that later spare resampling: same bins, twice the samples, so twice the magnitude.
    SpectrogramSettings doubled = doubled_settings;
    doubled.log_scale /= 2.0;
    const Matrix plain = log_mel_of(Spectrogram(default_settings), sine(22050, 22050, 1000.0, 0.5));
    const Matrix twice = log_mel_of(Spectrogram(doubled), sine(44100, 44100, 1000.0, 0.5));
    ASSERT_EQ(plain.row_count(), twice.row_count());
    for (std::size_t frame = 2; frame + 2 < plain.row_count(); ++frame) {
        for (std::size_t band = 0; band < 128; ++band) ASSERT_NEAR(plain(frame, band), twice(frame, band), 1e-3F);
    }
}

TEST(Spectrogram, the_same_object_repeats_itself) {
    Spectrogram spectrogram(default_settings);
    const auto samples = noise(4000, 0.3);
    const auto first = values_of(log_mel_of(spectrogram, samples));
    log_mel_of(spectrogram, noise(300, 1.0));
    EXPECT_EQ(values_of(log_mel_of(spectrogram, samples)), first);
}

TEST(Spectrogram, another_object_gives_the_same) {
    const auto samples = noise(4000, 0.3);
    EXPECT_EQ(log_mel_values(samples), log_mel_values(samples));
}

TEST(Spectrogram, the_place_of_the_samples_in_memory_does_not_matter) {
    const auto samples = noise(4000, 0.3);
    std::vector<float> moved(samples.size() + 1);
    std::copy(samples.begin(), samples.end(), moved.begin() + 1);
    EXPECT_EQ(log_mel_values(std::span(moved).subspan(1)), log_mel_values(samples));
}

TEST(Spectrogram, a_moved_object_continues) {
    const auto samples = noise(2000, 0.3);
    Spectrogram spectrogram(default_settings);
    const auto before = values_of(log_mel_of(spectrogram, samples));
    Spectrogram moved(std::move(spectrogram));
    EXPECT_EQ(values_of(log_mel_of(moved, samples)), before);
}

TEST(Spectrogram, wrong_settings_are_refused) {
    SpectrogramSettings settings;
    settings.hop_samples = 0;
    EXPECT_THROW(Spectrogram{settings}, Error);
}

TEST(Spectrogram, filters_between_two_bins_are_silent) {
    SpectrogramSettings settings;
    settings.window_samples = 128;
    settings.hop_samples = 64;
    settings.mel_band_count = 65;
    const Matrix filters = mel_filters(settings);
    const Matrix log_mel = log_mel_of(Spectrogram(settings), noise(1000, 0.3));
    std::size_t silent_count = 0;
    for (std::size_t band = 0; band < filters.row_count(); ++band) {
        if (*std::max_element(filters.row(band).begin(), filters.row(band).end()) > 0.0F) continue;
        ++silent_count;
        for (std::size_t frame = 0; frame < log_mel.row_count(); ++frame) EXPECT_EQ(log_mel(frame, band), 0.0F);
    }
    EXPECT_GT(silent_count, 0U);
}

class BadSample : public testing::TestWithParam<float> {};

TEST_P(BadSample, counts_as_silence) {
    auto samples = noise(6000, 0.3);
    samples[0] = samples[2500] = samples[5999] = 0.0F;
    const auto expected = log_mel_values(samples);
    samples[0] = samples[2500] = samples[5999] = GetParam();
    EXPECT_EQ(log_mel_values(samples), expected);
}

INSTANTIATE_TEST_SUITE_P(, BadSample,
                         testing::Values(std::numeric_limits<float>::quiet_NaN(),
                                         std::numeric_limits<float>::infinity(),
                                         -std::numeric_limits<float>::infinity(), std::numeric_limits<float>::max(),
                                         -1e20F),
                         [](const auto& test) { return "value_" + std::to_string(test.index); });

TEST(Spectrogram, the_greatest_samples_that_count_stay_finite_at_the_longest_window) {
    SpectrogramSettings settings;
    settings.window_samples = 65536;
    settings.hop_samples = 65536;
    const Matrix log_mel = log_mel_of(Spectrogram(settings), std::vector<float>(65536, 9.9e11F));
    for (const float value : log_mel.values()) EXPECT_TRUE(std::isfinite(value));
    EXPECT_GT(log_mel(1, 0), 5.0F);
}

TEST(Spectrogram, nothing_is_negative) {
    for (const float value : log_mel_values(noise(20000, 1e-6))) EXPECT_GE(value, 0.0F);
}

TEST(Normalize, takes_the_mean_away_and_divides_by_the_deviation) {
    std::vector<float> values{1.0F, 3.0F, -1.0F};
    normalize(values, {1.0F, 2.0F});
    EXPECT_EQ(values, (std::vector<float>{0.0F, 1.0F, -1.0F}));
}

TEST(Normalize, the_default_changes_nothing) {
    std::vector<float> values{1.5F, -0.25F};
    normalize(values, Normalization{});
    EXPECT_EQ(values, (std::vector<float>{1.5F, -0.25F}));
}

}  // namespace
}  // namespace earmark::test
