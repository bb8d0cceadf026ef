#include "training/clips/log_mel_reader.h"
#include "tests/support/whole_stages.h"

#include <gmock/gmock.h>

#include <cmath>
#include <numbers>

#include "base/float16.h"
#include "earmark/decode.h"
#include "tests/support/golden_file.h"
#include "tests/support/lcg.h"
#include "tests/training/support/expect_error.h"
#include "tests/training/support/synthetic_dataset.h"
#include "training/clips/clips.h"

namespace earmark {
namespace {

// Tones up to 10 kHz and noise, two seconds.
std::vector<float> music_at(int sample_rate_hz) {
    std::vector<float> samples(static_cast<std::size_t>(2 * sample_rate_hz));
    const std::vector<float> noise = Lcg(5).values(0.02F, samples.size());
    for (std::size_t i = 0; i < samples.size(); ++i) {
        const double time_s = static_cast<double>(i) / sample_rate_hz;
        double value = noise[i];
        for (const double hz : {110.0, 1234.5, 4000.0, 10'000.0}) {
            value += 0.2 * std::sin(2.0 * std::numbers::pi * hz * time_s);
        }
        samples[i] = static_cast<float>(value);
    }
    return samples;
}

// What the tagger gets: it adds portions of what the reader gives at this rate.
Matrix heard_by_the_tagger(const std::filesystem::path& audio, const SpectrogramSettings& settings) {
    const int own_rate_hz = AudioReader(audio).sample_rate_hz();
    const int rate_hz = Spectrogram::accepts(settings, own_rate_hz) ? own_rate_hz : settings.sample_rate_hz;
    return log_mel_of(Spectrogram(settings, rate_hz), decode_file(audio, rate_hz).audio.samples);
}

class LogMelOfFile : public testing::Test {
protected:
    std::filesystem::path file(int sample_rate_hz) const {
        const auto path = folder_.path() / (std::to_string(sample_rate_hz) + ".wav");
        write_wav(path, music_at(sample_rate_hz), sample_rate_hz);
        return path;
    }

    TemporaryFolder folder_;
    SpectrogramSettings settings_;
};

TEST_F(LogMelOfFile, equals_the_log_mel_of_the_tagger_at_every_rate) {
    LogMelReader reader(settings_);
    for (const int rate_hz : {44'100, 48'000, 22'050, 8'000, 88'200, 44'100}) {
        const auto audio = file(rate_hz);
        const Matrix expected = heard_by_the_tagger(audio, settings_);
        const auto log_mel = reader.read(audio);
        ASSERT_TRUE(log_mel);
        ASSERT_EQ(log_mel->row_count(), expected.row_count()) << rate_hz;
        EXPECT_EQ(greatest_difference(log_mel->values(), expected.values()), 0.0) << rate_hz;
    }
}

// Resampling everything first is another way, and can be seen: otherwise the test above would show nothing.
TEST_F(LogMelOfFile, at_a_rate_that_the_spectrogram_accepts_is_not_that_of_resampled_audio) {
    const auto audio = file(44'100);
    const Matrix resampled = log_mel_of(Spectrogram(settings_), decode_file(audio, 22'050).audio.samples);
    const auto log_mel = LogMelReader(settings_).read(audio);
    ASSERT_EQ(log_mel->row_count(), resampled.row_count());
    EXPECT_GT(greatest_difference(log_mel->values(), resampled.values()), 1e-4);
}

TEST_F(LogMelOfFile, is_what_training_has_in_its_cache_within_the_rounding_of_float16) {
    const SyntheticDataset files(2, 1, 0);
    write_wav(files.clip(0), music_at(44'100), 44'100);
    write_wav(files.clip(1), music_at(48'000), 48'000);
    LogMelCache cache(folder_.path() / "cache", settings_);
    Dataset dataset = read_manifest(files.path());
    EXPECT_THAT(fill_cache(dataset, settings_, cache, 2, {}), testing::IsEmpty());
    for (std::size_t clip = 0; clip < 2; ++clip) {
        const Matrix expected = heard_by_the_tagger(files.clip(clip), settings_);
        const CachedFrames frames = cache.frames(cache.key(files.clip(clip))).value();
        ASSERT_EQ(frames.frame_count, expected.row_count());
        for (std::size_t i = 0; i < frames.values.size(); ++i) {
            EXPECT_NEAR(float_from_half(frames.values[i]), expected.values()[i], 1e-6 + expected.values()[i] / 2048.0);
        }
    }
}

TEST_F(LogMelOfFile, stops_in_the_middle_of_a_file_and_starts_anew_with_the_next) {
    LogMelReader reader(settings_);
    std::stop_source stop;
    stop.request_stop();
    EXPECT_FALSE(reader.read(file(44'100), stop.get_token()));
    const auto audio = file(44'100);
    EXPECT_EQ(greatest_difference(reader.read(audio)->values(), heard_by_the_tagger(audio, settings_).values()), 0.0);
}

TEST_F(LogMelOfFile, after_one_that_is_damaged_is_that_of_the_next_alone) {
    LogMelReader reader(settings_);
    const auto damaged = folder_.write("damaged.wav", "no music");
    EXPECT_THAT(error_of(ErrorCode::not_audio, [&] { (void)reader.read(damaged); }),
                testing::StartsWith(damaged.string() + ": "));
    const auto audio = file(48'000);
    EXPECT_EQ(greatest_difference(reader.read(audio)->values(), heard_by_the_tagger(audio, settings_).values()), 0.0);
}

}  // namespace
}  // namespace earmark
