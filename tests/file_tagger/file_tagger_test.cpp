#include "earmark/file_tagger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "earmark/decode.h"
#include "earmark/error.h"
#include "tests/file_tagger/small_tagger.h"

namespace earmark {
namespace {

const char* const formats[] = {"long.mp3", "long.flac", "coded.ogg", "coded.m4a", "coded.opus", "tone_8000.wav"};

template <typename Function>
std::pair<ErrorCode, std::string> error_of(Function&& function) {
    try {
        function();
    } catch (const Error& error) {
        return {error.code(), error.what()};
    }
    return {ErrorCode::usage, "no error"};
}

// At its own rate where the tagger takes that as it is, else at the model's.
Audio decoded(const std::filesystem::path& file) {
    const int rate_hz = AudioReader(file).sample_rate_hz();
    return decode_file(file, Spectrogram::accepts(small_model().spectrogram, rate_hz) ? rate_hz : 22'050).audio;
}

TEST(TagFile, gives_what_the_tagger_gives_for_the_decoded_samples) {
    Tagger tagger = small_tagger();
    for (const char* name : formats) {
        const Audio audio = decoded(recording(name));
        const ClipResult expected = tag_samples(tagger, audio.samples, {audio.sample_rate_hz, 1});
        const ClipResult actual = tag_file(tagger, recording(name));
        EXPECT_EQ(actual.embedding, expected.embedding) << name;
        EXPECT_EQ(actual.probabilities, expected.probabilities) << name;
        EXPECT_EQ(actual.duration_s, audio.duration_s()) << name;
        EXPECT_EQ(actual.warning, expected.warning) << name;
    }
}

TEST(TagFile, at_48_khz_gives_what_the_tagger_gives_for_samples_at_48_khz) {
    Tagger tagger = small_tagger();
    const Audio audio = decode_file(recording("coded.opus"), 48'000).audio;
    const ClipResult expected = tag_samples(tagger, audio.samples, {48'000, 1});
    EXPECT_EQ(tag_file(tagger, recording("coded.opus")).probabilities, expected.probabilities);
}

TEST(TagBytes, gives_what_the_file_gives) {
    Tagger tagger = small_tagger();
    for (const char* name : formats) {
        const ClipResult expected = tag_file(tagger, recording(name));
        const ClipResult actual = tag_bytes(tagger, bytes_of(recording(name)), name);
        EXPECT_EQ(actual.embedding, expected.embedding) << name;
        EXPECT_EQ(actual.duration_s, expected.duration_s) << name;
    }
}

TEST(TagFile, names_the_file_in_errors_and_goes_on_with_the_next) {
    Tagger tagger = small_tagger();
    const ClipResult before = tag_file(tagger, recording("long.mp3"));
    EXPECT_EQ(error_of([&] { tag_file(tagger, "none.mp3"); }),
              std::pair(ErrorCode::not_found, std::string("none.mp3: no such file")));
    const auto [code, message] = error_of([&] { tag_bytes(tagger, std::vector<std::byte>(100), "upload.mp3"); });
    EXPECT_EQ(code, ErrorCode::not_audio);
    EXPECT_THAT(message, testing::StartsWith("upload.mp3: "));
    EXPECT_EQ(tag_file(tagger, recording("long.mp3")).embedding, before.embedding);
}

TEST(TagBytes, warns_of_a_file_that_is_cut_short) {
    Tagger tagger = small_tagger();
    std::vector<std::byte> bytes = bytes_of(recording("long.flac"));
    bytes.resize(bytes.size() / 2);
    const ClipResult result = tag_bytes(tagger, bytes, "cut.flac");
    EXPECT_THAT(result.warning, testing::StartsWith("ends early"));
    EXPECT_EQ(result.probabilities.size(), 5U);
}

TEST(ReadOptions, with_a_maximum_duration_use_the_start_of_the_file_and_give_a_warning) {
    Tagger tagger = small_tagger();
    ReadOptions options;
    options.max_duration_s = 1.5;
    const ClipResult result = tag_file(tagger, recording("long.flac"), options);
    EXPECT_NEAR(result.duration_s, 1.5, 1e-4);
    EXPECT_EQ(result.warning, "only the first 1.5 s were used");
    Audio audio = decoded(recording("long.flac"));
    audio.samples.resize(static_cast<std::size_t>(std::llround(1.5 * audio.sample_rate_hz)));
    EXPECT_EQ(result.embedding, tag_samples(tagger, audio.samples, {audio.sample_rate_hz, 1}).embedding);
}

TEST(ReadOptions, with_a_maximum_duration_at_the_end_of_a_portion_warn_that_the_rest_was_not_used) {
    Tagger tagger = small_tagger();
    ReadOptions options;
    options.max_duration_s = 16'384.0 / decoded(recording("long.flac")).sample_rate_hz;
    std::vector<double> done_s;
    options.on_progress = [&](double seconds_done, std::optional<double>) { done_s.push_back(seconds_done); };
    const ClipResult result = tag_file(tagger, recording("long.flac"), options);
    EXPECT_EQ(result.duration_s, *options.max_duration_s);
    EXPECT_THAT(done_s, testing::ElementsAre(*options.max_duration_s));
    EXPECT_THAT(result.warning, testing::StartsWith("only the first "));
}

TEST(ReadOptions, give_the_samples_that_are_analyzed) {
    Tagger tagger = small_tagger();
    std::vector<float> samples;
    int rate_hz = 0;
    ReadOptions options;
    options.on_samples = [&](std::span<const float> mono, int sample_rate_hz) {
        samples.insert(samples.end(), mono.begin(), mono.end());
        rate_hz = sample_rate_hz;
    };
    const ClipResult result = tag_file(tagger, recording("long.flac"), options);
    EXPECT_EQ(static_cast<double>(samples.size()) / rate_hz, result.duration_s);
    EXPECT_EQ(tag_samples(tagger, samples, {rate_hz, 1}).embedding, result.embedding);
}

TEST(ReadOptions, with_a_maximum_duration_change_nothing_for_a_file_that_is_no_longer) {
    Tagger tagger = small_tagger();
    const ClipResult whole = tag_file(tagger, recording("long.flac"));
    ReadOptions options;
    for (const double duration_s : {whole.duration_s, whole.duration_s + 1.0, 1e300}) {
        options.max_duration_s = duration_s;
        const ClipResult result = tag_file(tagger, recording("long.flac"), options);
        EXPECT_EQ(result.embedding, whole.embedding);
        EXPECT_EQ(result.warning, "");
    }
}

TEST(ReadOptions, refuse_a_maximum_duration_of_zero) {
    Tagger tagger = small_tagger();
    for (const double duration_s : {0.0, -1.0, std::nan("")}) {
        ReadOptions options;
        options.max_duration_s = duration_s;
        const auto [code, message] = error_of([&] { tag_file(tagger, recording("long.flac"), options); });
        EXPECT_EQ(code, ErrorCode::usage);
        EXPECT_THAT(message, testing::HasSubstr("long.flac: max_duration_s"));
    }
}

TEST(ReadOptions, report_progress_that_rises_to_the_duration) {
    Tagger tagger = small_tagger();
    std::vector<double> done_s;
    ReadOptions options;
    options.on_progress = [&](double seconds_done, std::optional<double> seconds_declared) {
        done_s.push_back(seconds_done);
        ASSERT_TRUE(seconds_declared);
        EXPECT_GE(*seconds_declared + 0.1, seconds_done);
    };
    const ClipResult result = tag_file(tagger, recording("long.flac"), options);
    ASSERT_GT(done_s.size(), 2U);
    EXPECT_TRUE(std::ranges::is_sorted(done_s));
    EXPECT_EQ(done_s.back(), result.duration_s);
}

TEST(ReadOptions, cancel_before_and_while_a_file_is_read_and_the_tagger_goes_on) {
    Tagger tagger = small_tagger();
    const ClipResult before = tag_file(tagger, recording("long.mp3"));
    for (const int portions : {0, 1, 3}) {
        std::stop_source stop;
        int calls = 0;
        ReadOptions options;
        options.stop = stop.get_token();
        options.on_progress = [&](double, std::optional<double>) {
            if (++calls == portions) stop.request_stop();
        };
        if (portions == 0) stop.request_stop();
        const auto [code, message] = error_of([&] { tag_file(tagger, recording("long.mp3"), options); });
        EXPECT_EQ(code, ErrorCode::canceled);
        EXPECT_THAT(message, testing::EndsWith("long.mp3: reading it was canceled"));
        EXPECT_EQ(calls, portions);
        EXPECT_EQ(tag_file(tagger, recording("long.mp3")).embedding, before.embedding);
    }
}

TEST(ReadOptions, of_progress_that_throws_end_the_reading) {
    Tagger tagger = small_tagger();
    ReadOptions options;
    options.on_progress = [](double, std::optional<double>) { throw std::runtime_error("enough"); };
    EXPECT_THROW(tag_file(tagger, recording("long.mp3"), options), std::runtime_error);
}

}  // namespace
}  // namespace earmark
