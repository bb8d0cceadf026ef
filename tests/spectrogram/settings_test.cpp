#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <string>

#include "earmark/error.h"
#include "earmark/spectrogram.h"
#include "tests/spectrogram/golden.h"

namespace earmark::test {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

struct WrongSettings {
    const char* name;
    const char* field;
    std::function<void(SpectrogramSettings&)> spoil;
};

void PrintTo(const WrongSettings& wrong, std::ostream* out) { *out << wrong.name; }

class WrongSettingsCheck : public testing::TestWithParam<WrongSettings> {};

TEST_P(WrongSettingsCheck, names_the_field_that_is_wrong) {
    SpectrogramSettings settings;
    GetParam().spoil(settings);
    try {
        settings.check();
        FAIL() << "no error";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::usage);
        EXPECT_THAT(error.what(), StartsWith(std::string(GetParam().field) + " is "));
        EXPECT_THAT(error.what(), HasSubstr("expected"));
    }
}

INSTANTIATE_TEST_SUITE_P(
    , WrongSettingsCheck,
    testing::Values(
        WrongSettings{"no_sample_rate", "sample_rate_hz", [](auto& s) { s.sample_rate_hz = 0; }},
        WrongSettings{"negative_sample_rate", "sample_rate_hz", [](auto& s) { s.sample_rate_hz = -22050; }},
        WrongSettings{"vast_sample_rate", "sample_rate_hz", [](auto& s) { s.sample_rate_hz = 2'000'000'000; }},
        WrongSettings{"no_window", "window_samples", [](auto& s) { s.window_samples = 0; }},
        WrongSettings{"window_not_power_of_two", "window_samples", [](auto& s) { s.window_samples = 1000; }},
        WrongSettings{"negative_window", "window_samples", [](auto& s) { s.window_samples = -1024; }},
        WrongSettings{"vast_window", "window_samples", [](auto& s) { s.window_samples = 1 << 30; }},
        WrongSettings{"no_hop", "hop_samples", [](auto& s) { s.hop_samples = 0; }},
        WrongSettings{"hop_beyond_window", "hop_samples", [](auto& s) { s.hop_samples = 1025; }},
        WrongSettings{"no_bands", "mel_band_count", [](auto& s) { s.mel_band_count = 0; }},
        WrongSettings{"more_bands_than_bins", "mel_band_count", [](auto& s) { s.mel_band_count = 514; }},
        WrongSettings{"beyond_half_the_sample_rate", "highest_hz", [](auto& s) { s.highest_hz = 11025.5; }},
        WrongSettings{"highest_not_a_number", "highest_hz", [](auto& s) { s.highest_hz = std::nan(""); }},
        WrongSettings{"negative_lowest", "lowest_hz", [](auto& s) { s.lowest_hz = -1.0; }},
        WrongSettings{"lowest_is_highest", "lowest_hz", [](auto& s) { s.lowest_hz = s.highest_hz; }},
        WrongSettings{"lowest_not_a_number", "lowest_hz", [](auto& s) { s.lowest_hz = std::nan(""); }},
        WrongSettings{"no_scale", "log_scale", [](auto& s) { s.log_scale = 0.0; }},
        WrongSettings{"infinite_scale", "log_scale", [](auto& s) { s.log_scale = INFINITY; }},
        WrongSettings{"scale_not_a_number", "log_scale", [](auto& s) { s.log_scale = std::nan(""); }}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(SettingsCheck, the_message_has_value_and_range) {
    SpectrogramSettings settings;
    settings.window_samples = 1000;
    try {
        settings.check();
        FAIL() << "no error";
    } catch (const Error& error) {
        EXPECT_STREQ(error.what(), "window_samples is 1000: expected a power of two");
    }
}

TEST(SettingsCheck, usual_settings_pass) {
    for (const auto& settings :
         {default_settings, musicnn_settings, steep_settings, doubled_settings, narrow_settings}) {
        EXPECT_NO_THROW(settings.check());
    }
}

TEST(SettingsCheck, the_frame_rate_is_43_a_second) { EXPECT_NEAR(default_settings.frames_per_second(), 43.066, 0.001); }

}  // namespace
}  // namespace earmark::test
