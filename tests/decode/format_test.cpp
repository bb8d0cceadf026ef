// Every format against what ffmpeg itself decodes; tests/golden/decode/generate.py made the files and the table.
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <ostream>
#include <string>
#include <vector>

#include "tests/decode/test_support.h"

namespace earmark::test {
namespace {

struct Expected {
    std::string file;
    int sample_rate_hz = 0;
    std::size_t sample_count = 0;
    double root_mean_square = 0.0;
};

void PrintTo(const Expected& expected, std::ostream* out) { *out << expected.file; }

std::vector<Expected> expected_files() {
    std::ifstream table(golden_file("expected.tsv"));
    std::vector<Expected> files;
    for (Expected row; table >> row.file >> row.sample_rate_hz >> row.sample_count >> row.root_mean_square;) {
        files.push_back(row);
    }
    return files;
}

std::string test_name(const testing::TestParamInfo<Expected>& info) {
    std::string name = info.param.file;
    for (char& letter : name) letter = std::isalnum(static_cast<unsigned char>(letter)) != 0 ? letter : '_';
    return name;
}

double root_mean_square(const std::vector<float>& samples) {
    double sum = 0.0;
    for (const float sample : samples) sum += static_cast<double>(sample) * sample;
    return std::sqrt(sum / static_cast<double>(samples.size()));
}

std::vector<float> samples_of(const std::string& name, int sample_rate_hz) {
    return decode_file(golden_file(name), sample_rate_hz).audio.samples;
}

class Format : public testing::TestWithParam<Expected> {};

TEST_P(Format, has_as_many_samples_as_ffmpeg_decodes) {
    EXPECT_EQ(samples_of(GetParam().file, GetParam().sample_rate_hz).size(), GetParam().sample_count);
}

TEST_P(Format, is_as_loud_as_ffmpeg_decodes) {
    const double loudness = root_mean_square(samples_of(GetParam().file, GetParam().sample_rate_hz));
    EXPECT_NEAR(loudness, GetParam().root_mean_square, 1e-4 * GetParam().root_mean_square);
}

TEST_P(Format, of_a_whole_file_gives_no_warning) {
    EXPECT_EQ(decode_file(golden_file(GetParam().file), 22050).warning, "");
}

TEST_P(Format, is_the_same_from_memory_and_from_a_file) {
    const std::filesystem::path path = golden_file(GetParam().file);
    EXPECT_EQ(decode_bytes(read_bytes(path), GetParam().file, 22050).audio.samples,
              decode_file(path, 22050).audio.samples);
}

TEST_P(Format, is_found_without_its_file_name) {
    const Bytes bytes = read_bytes(golden_file(GetParam().file));
    EXPECT_EQ(decode_bytes(bytes, "upload", GetParam().sample_rate_hz).audio.samples.size(), GetParam().sample_count);
}

INSTANTIATE_TEST_SUITE_P(All, Format, testing::ValuesIn(expected_files()), test_name);

TEST(Decode, has_files_of_more_than_twenty_formats) { EXPECT_GT(expected_files().size(), 20U); }

TEST(Decode, wav_equals_flac) { EXPECT_EQ(samples_of("coded_s16.wav", 16000), samples_of("coded.flac", 16000)); }

TEST(Decode, wav_equals_aiff) { EXPECT_EQ(samples_of("coded_s16.wav", 16000), samples_of("coded.aiff", 16000)); }

TEST(Decode, wav_of_24_bits_equals_flac_of_24_bits) {
    EXPECT_EQ(samples_of("coded_s24.wav", 16000), samples_of("coded_s24.flac", 16000));
}

TEST(Decode, wav_equals_flac_after_resampling) {
    EXPECT_EQ(samples_of("coded_s16.wav", 22050), samples_of("coded.flac", 22050));
}

TEST(Decode, wav_of_6_channels_equals_flac_of_6_channels) {
    EXPECT_EQ(samples_of("surround.wav", 16000), samples_of("surround.flac", 16000));
}

TEST(Decode, a_cover_picture_and_tags_change_no_sample) {
    EXPECT_EQ(samples_of("cover.mp3", 16000), samples_of("coded.mp3", 16000));
}

TEST(Decode, a_film_gives_its_sound) { EXPECT_EQ(samples_of("film.mp4", 16000), samples_of("coded_front.m4a", 16000)); }

}  // namespace
}  // namespace earmark::test
