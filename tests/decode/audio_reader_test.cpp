#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <thread>
#include <utility>
#include <vector>

#include "tests/decode/test_support.h"

namespace earmark::test {
namespace {

std::vector<float> read_in_portions(AudioReader reader, std::size_t portion_samples) {
    std::vector<float> all;
    std::vector<float> portion(portion_samples);
    for (std::size_t count = portion_samples; count == portion_samples;) {
        count = reader.read(portion);
        all.insert(all.end(), portion.begin(), portion.begin() + static_cast<std::ptrdiff_t>(count));
    }
    return all;
}

class Portions : public testing::TestWithParam<std::size_t> {};

TEST_P(Portions, do_not_change_resampled_audio) {
    const auto path = golden_file("coded_no_length.mp3");
    EXPECT_EQ(read_in_portions(AudioReader(path, 22050), GetParam()), decode_file(path, 22050).audio.samples);
}

TEST_P(Portions, do_not_change_audio_that_is_not_resampled) {
    const auto path = golden_file("coded.flac");
    EXPECT_EQ(read_in_portions(AudioReader(path, 16000), GetParam()), decode_file(path, 16000).audio.samples);
}

TEST_P(Portions, do_not_change_audio_whose_rate_is_raised) {
    const auto path = golden_file("tone_8000.wav");
    EXPECT_EQ(read_in_portions(AudioReader(path, 44100), GetParam()), decode_file(path, 44100).audio.samples);
}

INSTANTIATE_TEST_SUITE_P(Sizes, Portions, testing::Values(1, 7, 1000, 1152, 100000));

TEST(AudioReader, fills_the_whole_portion_until_the_end) {
    AudioReader reader(golden_file("coded.mp3"), 16000);
    std::vector<float> portion(1500);
    EXPECT_EQ(reader.read(portion), 1500U);
    EXPECT_EQ(reader.read(portion), 1500U);
    EXPECT_EQ(reader.read(portion), 1000U);
}

TEST(AudioReader, gives_nothing_after_the_end) {
    AudioReader reader(golden_file("coded.flac"), 22050);
    std::vector<float> portion(100000);
    EXPECT_GT(reader.read(portion), 0U);
    EXPECT_EQ(reader.read(portion), 0U);
    EXPECT_EQ(reader.read(portion), 0U);
}

TEST(AudioReader, writes_nothing_into_an_empty_portion) {
    AudioReader reader(golden_file("coded.flac"), 22050);
    EXPECT_EQ(reader.read({}), 0U);
    std::array<float, 10> portion{};
    EXPECT_EQ(reader.read(portion), 10U);
}

TEST(AudioReader, goes_on_after_a_move) {
    AudioReader first(golden_file("coded.flac"), 16000);
    std::vector<float> head(100);
    first.read(head);
    AudioReader second(std::move(first));
    std::vector<float> tail(100000);
    tail.resize(second.read(tail));
    head.insert(head.end(), tail.begin(), tail.end());
    EXPECT_EQ(head, decode_file(golden_file("coded.flac"), 16000).audio.samples);
}

TEST(AudioReader, runs_at_the_same_time_as_others) {
    const auto expected = decode_file(golden_file("long.mp3"), 22050).audio.samples;
    std::vector<std::vector<float>> results(4);
    std::vector<std::thread> threads;
    for (auto& result : results) {
        threads.emplace_back([&result] { result = decode_file(golden_file("long.mp3"), 22050).audio.samples; });
    }
    for (auto& thread : threads) thread.join();
    for (const auto& result : results) EXPECT_EQ(result, expected);
}

TEST(AudioReader, reads_a_file_whose_name_has_spaces_and_accents) {
    const TemporaryFile file("Canción nº 1 %03d*.wav", wav_file(bytes_of(sine(440, 22050, 0.1))));
    EXPECT_EQ(decode_file(file.path(), 22050).audio.samples.size(), 2205U);
}

TEST(AudioReader, has_rate_and_duration_of_the_file) {
    const Audio audio = decode_file(golden_file("long.flac"), 22050).audio;
    EXPECT_EQ(audio.sample_rate_hz, 22050);
    EXPECT_NEAR(audio.duration_s(), 2.0, 1e-4);
}

}  // namespace
}  // namespace earmark::test
