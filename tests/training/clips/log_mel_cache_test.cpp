#include "training/clips/log_mel_cache.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "base/float16.h"
#include "tests/support/lcg.h"
#include "tests/training/support/expect_error.h"
#include "tests/training/support/synthetic_dataset.h"

namespace earmark {
namespace {

class Cache : public testing::Test {
protected:
    LogMelCache open(const SpectrogramSettings& settings = {}) const { return {folder_.path() / "cache", settings}; }

    TemporaryFolder folder_;
    std::filesystem::path audio_ = folder_.write("a.wav", "some bytes");
    Matrix log_mel_ = Lcg(3).matrix(4.0F, 7, 128);
};

// Half a step of float16, which has 11 significant bits and no exponent below -14.
double rounding(float value) { return std::max(std::abs(value) * std::ldexp(1.0, -11), std::ldexp(1.0, -25)); }

TEST_F(Cache, gives_back_what_was_put_within_the_rounding_of_float16) {
    LogMelCache cache = open();
    log_mel_(0, 0) = 0.0F;
    log_mel_(0, 1) = 1e-6F;
    cache.put("a_key_", log_mel_);
    cache.freeze();
    const auto frames = cache.frames("a_key_");
    ASSERT_TRUE(frames);
    ASSERT_EQ(frames->frame_count, 7U);
    ASSERT_EQ(frames->values.size(), 7U * 128U);
    for (std::size_t i = 0; i < frames->values.size(); ++i) {
        const float expected = log_mel_.values()[i];
        EXPECT_NEAR(float_from_half(frames->values[i]), expected, rounding(expected));
    }
}

TEST_F(Cache, gives_rows_of_an_entry) {
    LogMelCache cache = open();
    cache.put("a_key_", log_mel_);
    cache.freeze();
    const CachedFrames frames = cache.frames("a_key_").value();
    const auto rows = frames.rows(2, 3);
    ASSERT_EQ(rows.size(), 3U * 128U);
    EXPECT_EQ(rows.data(), frames.values.data() + 2 * 128);
}

TEST_F(Cache, has_nothing_under_a_key_that_was_not_put) {
    LogMelCache cache = open();
    EXPECT_FALSE(cache.contains("a_key_"));
    cache.put("a_key_", log_mel_);
    EXPECT_TRUE(cache.contains("a_key_"));
    cache.freeze();
    EXPECT_FALSE(cache.frames("other").has_value());
}

TEST_F(Cache, keeps_its_entries_when_it_is_opened_again) {
    open().put("a_key_", log_mel_);
    LogMelCache cache = open();
    EXPECT_TRUE(cache.contains("a_key_"));
    cache.put("second", log_mel_);
    cache.freeze();
    EXPECT_TRUE(cache.frames("a_key_").has_value());
    EXPECT_TRUE(cache.frames("second").has_value());
}

TEST_F(Cache, replaces_an_entry_that_is_put_again) {
    LogMelCache cache = open();
    cache.put("a_key_", log_mel_);
    cache.put("a_key_", Matrix(2, 128));
    cache.freeze();
    EXPECT_EQ(cache.frames("a_key_").value().frame_count, 2U);
}

TEST_F(Cache, does_not_take_an_entry_of_a_size_that_fits_no_whole_frames) {
    open().put("a_key_", Matrix(1, 100));
    EXPECT_FALSE(open().contains("a_key_"));
}

TEST_F(Cache, holds_more_than_it_writes_in_one_transaction) {
    LogMelCache cache = open();
    const Matrix large(10000, 128);  // 2.5 MB as float16; a transaction is 16 MB
    for (int i = 10; i < 25; ++i) cache.put(std::to_string(i), large);
    cache.freeze();
    for (int i = 10; i < 25; ++i) EXPECT_EQ(cache.frames(std::to_string(i)).value().frame_count, 10000U);
}

TEST_F(Cache, has_another_key_for_a_file_of_another_size_or_time_or_name) {
    const LogMelCache cache = open();
    const auto time = std::filesystem::last_write_time(audio_);
    const std::string key = cache.key(audio_);
    EXPECT_EQ(cache.key(audio_), key);

    std::filesystem::last_write_time(audio_, time + std::chrono::seconds(1));
    EXPECT_NE(cache.key(audio_), key);
    folder_.write("a.wav", "some more bytes");
    std::filesystem::last_write_time(audio_, time);
    EXPECT_NE(cache.key(audio_), key);
    folder_.write("a.wav", "some bytes");
    std::filesystem::last_write_time(audio_, time);
    EXPECT_EQ(cache.key(audio_), key);

    const auto copy = folder_.write("b.wav", "some bytes");
    std::filesystem::last_write_time(copy, time);
    EXPECT_NE(cache.key(copy), key);
}

TEST_F(Cache, has_the_same_key_for_another_way_of_writing_the_path) {
    const LogMelCache cache = open();
    EXPECT_EQ(cache.key(folder_.path() / "cache" / ".." / "a.wav"), cache.key(audio_));
}

// FNV-1a twice, of what the key was made of before it named the way from file to frames.
std::string key_of_version_1(const std::filesystem::path& audio) {
    const std::string text = audio.string() + '\n' + std::to_string(std::filesystem::file_size(audio)) + ' ' +
                             std::to_string(std::filesystem::last_write_time(audio).time_since_epoch().count()) +
                             " 22050 1024 512 128 0 11025 10";
    std::string key;
    for (std::uint64_t hash : {std::uint64_t{0xcbf29ce484222325U}, std::uint64_t{0x9ae16a3b2f90404fU}}) {
        for (const char character : text) hash = (hash ^ static_cast<unsigned char>(character)) * 0x100000001b3U;
        std::array<char, 17> hex{};
        std::snprintf(hex.data(), hex.size(), "%016llx", static_cast<unsigned long long>(hash));
        key += hex.data();
    }
    return key;
}

TEST_F(Cache, does_not_take_frames_that_an_older_program_made_another_way) {
    const std::string old_key = key_of_version_1(audio_);
    open().put(old_key, log_mel_);
    LogMelCache cache = open();
    EXPECT_TRUE(cache.contains(old_key));
    EXPECT_NE(cache.key(audio_), old_key);
    EXPECT_FALSE(cache.contains(cache.key(audio_)));
}

TEST_F(Cache, has_another_key_for_each_other_setting) {
    const std::vector<SpectrogramSettings> settings{
        {},
        {.sample_rate_hz = 24000},
        {.window_samples = 2048},
        {.hop_samples = 256},
        {.mel_band_count = 64},
        {.lowest_hz = 30.0},
        {.highest_hz = 8000.0},
        {.log_scale = 10.000000001},
    };
    std::vector<std::string> keys;
    for (const SpectrogramSettings& each : settings) keys.push_back(open(each).key(audio_));
    std::ranges::sort(keys);
    EXPECT_EQ(std::ranges::adjacent_find(keys), keys.end());
}

TEST_F(Cache, in_a_folder_that_cannot_be_made_is_an_error_that_names_it) {
    const auto below_a_file = audio_ / "cache";
    EXPECT_THAT(error_of(ErrorCode::unwritable, [&] { LogMelCache(below_a_file, {}); }),
                testing::StartsWith(below_a_file.string() + ": cannot open the log-mel cache: "));
}

TEST_F(Cache, that_another_one_fills_is_waited_for_until_it_is_full_or_a_stop_is_requested) {
    auto first = std::make_unique<LogMelCache>(folder_.path(), SpectrogramSettings{});
    EXPECT_THAT(error_of(ErrorCode::canceled, [&] { LogMelCache(folder_.path(), {}, [] { return true; }); }),
                testing::StartsWith(folder_.path().string() + ": stopped while another training fills"));
    int question_count = 0;
    const LogMelCache second(folder_.path(), {}, [&] {
        if (++question_count == 2) first.reset();
        return false;
    });
    EXPECT_GE(question_count, 2);
}

TEST_F(Cache, that_is_frozen_takes_no_more_and_reports_that) {
    LogMelCache cache = open();
    cache.freeze();
    EXPECT_THAT(error_of(ErrorCode::unwritable, [&] { cache.put("a_key_", log_mel_); }),
                testing::HasSubstr("cannot write to the log-mel cache"));
}

}  // namespace
}  // namespace earmark
