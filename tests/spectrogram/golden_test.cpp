#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "earmark/spectrogram.h"
#include "tests/spectrogram/golden.h"
#include "tests/spectrogram/signals.h"
#include "tests/support/whole_stages.h"

namespace earmark::test {
namespace {

struct GoldenCase {
    const char* name;
    const char* signal;
    std::size_t sample_count;
    SpectrogramSettings settings = default_settings;
};

class SpectrogramGolden : public testing::TestWithParam<GoldenCase> {};

TEST_P(SpectrogramGolden, log_mel_agrees_with_librosa) {
    const GoldenCase& golden = GetParam();
    const auto samples = golden_signal(golden.signal, golden.sample_count, golden.settings.sample_rate_hz);
    const auto expected = read_golden(golden.name);

    const Matrix log_mel = log_mel_of(Spectrogram(golden.settings), samples);

    ASSERT_EQ(log_mel.values().size(), expected.size());
    double greatest_difference = 0.0;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const double difference = std::abs(static_cast<double>(log_mel.values()[i]) - expected[i]);
        ASSERT_TRUE(std::isfinite(difference)) << "at value " << i;
        greatest_difference = std::max(greatest_difference, difference);
    }
    EXPECT_LE(greatest_difference, 1e-4);
}

INSTANTIATE_TEST_SUITE_P(
    , SpectrogramGolden,
    testing::Values(GoldenCase{"sine", "sine", 22050}, GoldenCase{"chirp", "chirp", 22050},
                    GoldenCase{"noise", "noise", 8192}, GoldenCase{"impulse", "impulse", 8192},
                    GoldenCase{"loud", "loud", 4096}, GoldenCase{"quiet", "quiet", 4096},
                    GoldenCase{"silence", "silence", 3000}, GoldenCase{"one_sample", "sine", 1},
                    GoldenCase{"two_samples", "noise", 2}, GoldenCase{"hundred_samples", "noise", 100},
                    GoldenCase{"half_window_less_one", "noise", 511}, GoldenCase{"half_window", "noise", 512},
                    GoldenCase{"half_window_and_one", "noise", 513}, GoldenCase{"shorter_than_window", "chirp", 700},
                    GoldenCase{"window", "noise", 1024}, GoldenCase{"window_and_one", "noise", 1025},
                    GoldenCase{"musicnn_settings", "chirp", 8000, musicnn_settings},
                    GoldenCase{"steep_settings", "noise", 4000, steep_settings},
                    GoldenCase{"doubled_settings", "chirp", 16384, doubled_settings},
                    GoldenCase{"narrow_settings", "noise", 2000, narrow_settings},
                    GoldenCase{"narrow_settings_short", "noise", 90, narrow_settings}),
    [](const auto& test) { return std::string(test.param.name); });

struct FilterCase {
    const char* name;
    SpectrogramSettings settings;
};

class MelFiltersGolden : public testing::TestWithParam<FilterCase> {};

TEST_P(MelFiltersGolden, filters_agree_with_librosa) {
    Matrix difference = mel_filters(GetParam().settings);
    const auto triples = read_golden(std::string("filters_") + GetParam().name);
    ASSERT_GT(triples.size(), 0U);
    for (std::size_t i = 0; i < triples.size(); i += 3) {
        difference(static_cast<std::size_t>(triples[i]), static_cast<std::size_t>(triples[i + 1])) -= triples[i + 2];
    }
    for (const float value : difference.values()) ASSERT_NEAR(value, 0.0F, 1e-6F);
}

INSTANTIATE_TEST_SUITE_P(, MelFiltersGolden,
                         testing::Values(FilterCase{"default", default_settings},
                                         FilterCase{"musicnn", musicnn_settings},
                                         FilterCase{"doubled", doubled_settings},
                                         FilterCase{"narrow", narrow_settings}),
                         [](const auto& test) { return std::string(test.param.name); });

}  // namespace
}  // namespace earmark::test
