// Files that were cut or changed: an error or a shorter result, and a word about it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <string>
#include <vector>

#include "tests/decode/test_support.h"

namespace earmark::test {
namespace {

using testing::HasSubstr;

Bytes first_part(Bytes bytes, double ratio) {
    bytes.resize(static_cast<std::size_t>(ratio * static_cast<double>(bytes.size())));
    return bytes;
}

std::string test_name(const testing::TestParamInfo<const char*>& info) {
    std::string name = info.param;
    std::replace(name.begin(), name.end(), '.', '_');
    return name;
}

class Damage : public testing::TestWithParam<const char*> {};

TEST_P(Damage, by_a_cut_anywhere_gives_an_error_or_a_shorter_result) {
    const Bytes whole = read_bytes(golden_file(GetParam()));
    const std::size_t whole_samples = decode_bytes(whole, GetParam(), 16000).audio.samples.size();
    for (std::size_t size = 0; size < whole.size(); size += 1 + whole.size() / 97) {
        const Bytes part(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
        const Outcome outcome = try_decode(part, GetParam(), 16000);
        EXPECT_EQ(outcome.failed, outcome.decoded.audio.samples.empty()) << size;
        // The cut may fall into the header that distinguishes padding from sound: two frames of the longest that MPEG
        // has.
        EXPECT_LE(outcome.decoded.audio.samples.size(), whole_samples + 4096) << size;
    }
}

TEST_P(Damage, by_changed_bytes_gives_an_error_or_finite_samples) {
    const Bytes whole = read_bytes(golden_file(GetParam()));
    Noise noise;
    for (int repetition = 0; repetition < 60; ++repetition) {
        Bytes changed = whole;
        for (int i = 0; i < 8; ++i) changed[noise.next() % changed.size()] = static_cast<std::byte>(noise.next() >> 24);
        const Outcome outcome = try_decode(changed, GetParam(), 16000);
        const auto& samples = outcome.decoded.audio.samples;
        EXPECT_TRUE(std::all_of(samples.begin(), samples.end(), [](float sample) { return std::isfinite(sample); }));
    }
}

INSTANTIATE_TEST_SUITE_P(Of, Damage,
                         testing::Values("coded.mp3", "coded.ogg", "coded.opus", "coded.m4a", "coded_front.m4a",
                                         "coded.aac", "coded.wma", "coded.ac3", "coded.webm", "coded.mka", "coded.flac",
                                         "coded.aiff", "coded.wv", "coded_s16.wav", "coded_f32.wav", "cover.mp3",
                                         "film.mp4"),
                         test_name);

class CutInTheMiddle : public testing::TestWithParam<const char*> {};

TEST_P(CutInTheMiddle, is_decoded_with_a_warning) {
    const auto decoded = decode_bytes(first_part(read_bytes(golden_file(GetParam())), 0.5), GetParam(), 22050);
    EXPECT_THAT(decoded.warning, HasSubstr("ends early: "));
    EXPECT_GT(decoded.audio.duration_s(), 0.3);
    EXPECT_LT(decoded.audio.duration_s(), 1.4);
}

INSTANTIATE_TEST_SUITE_P(Of, CutInTheMiddle,
                         testing::Values("long.mp3", "long_front.m4a", "long.flac", "long.mka", "long_pages.opus",
                                         "long.oga", "long.caf", "long.w64", "long.wma"),
                         test_name);

TEST(Warning, of_a_cut_file_that_declares_only_bytes_states_their_share) {
    const auto decoded = decode_bytes(first_part(read_bytes(golden_file("long.wma")), 0.5), "long.wma", 22050);
    EXPECT_THAT(decoded.warning, testing::MatchesRegex("ends early: [0-9.]+ s, and 50 % of the file is missing"));
}

TEST(Warning, of_a_cut_file_whose_header_is_most_of_it_is_given_as_well) {
    for (const char* name : {"long.avi", "long.ogg"}) {
        const auto decoded = decode_bytes(first_part(read_bytes(golden_file(name)), 0.9), name, 22050);
        EXPECT_THAT(decoded.warning, HasSubstr("ends early: ")) << name;
    }
}

TEST(Warning, of_a_cut_ogg_file_states_where_it_ends) {
    const auto decoded = decode_bytes(first_part(read_bytes(golden_file("long.oga")), 0.5), "long.oga", 22050);
    EXPECT_THAT(decoded.warning, testing::MatchesRegex("ends early: after [0-9.]+ s, within a page of the Ogg file"));
}

TEST(Warning, is_not_given_for_a_whole_file) {
    for (const char* name : {"long.mp3", "long_front.m4a", "long.flac", "long.mka", "long_pages.opus", "long.oga",
                             "long.caf", "long.w64", "long.wma", "long.avi"}) {
        EXPECT_EQ(decode_file(golden_file(name), 22050).warning, "") << name;
    }
}

TEST(Warning, of_a_cut_file_states_how_much_was_read) {
    const Bytes data = bytes_of(sine(440, 22050, 7.3));
    const auto decoded = decode_bytes(wav_file(data, {}, 25 * 22050 * 2), "cut.wav", 22050);
    EXPECT_EQ(decoded.warning, "ends early: 7.3 s of 25.0 s");
}

TEST(Warning, comes_only_at_the_end) {
    const Bytes bytes = wav_file(bytes_of(sine(440, 22050, 1.0)), {}, 5 * 22050 * 2);
    AudioReader reader(bytes, "cut.wav", 22050);
    std::vector<float> portion(22000);
    reader.read(portion);
    EXPECT_EQ(reader.warning(), "");
    reader.read(portion);
    EXPECT_NE(reader.warning(), "");
}

TEST(Warning, is_not_given_when_less_than_half_a_second_is_missing) {
    const auto decoded =
        decode_bytes(wav_file(bytes_of(sine(440, 22050, 1.0)), {}, 22050 * 2 * 14 / 10), "a.wav", 22050);
    EXPECT_EQ(decoded.warning, "");
}

TEST(Warning, is_not_given_for_a_wav_whose_length_was_never_filled_in) {
    for (const std::size_t declared : {std::size_t{0xffffffff} - 36, std::size_t{0x7fffffff}}) {
        const auto decoded = decode_bytes(wav_file(bytes_of(sine(440, 22050, 1.0)), {}, declared), "pipe.wav", 22050);
        EXPECT_EQ(decoded.warning, "");
        EXPECT_EQ(decoded.audio.samples.size(), 22050U);
    }
}

TEST(Warning, is_not_given_for_an_mp3_that_declares_no_length) {
    const auto decoded = decode_bytes(first_part(read_bytes(golden_file("coded_no_length.mp3")), 0.5), "a.mp3", 22050);
    EXPECT_EQ(decoded.warning, "");
}

TEST(Warning, counts_damaged_packets) {
    Bytes bytes = read_bytes(golden_file("long.mka"));
    // This container holds the MP3 frames alone; one whose first bytes are wrong is nothing.
    const Bytes frame_start{std::byte{0xff}, std::byte{0xe3}, std::byte{0x28}};
    int damaged = 0;
    for (auto at = bytes.begin() + 1000; damaged < 3; ++damaged) {
        at = std::search(at, bytes.end(), frame_start.begin(), frame_start.end());
        ASSERT_NE(at, bytes.end());
        *at = std::byte{0};
    }
    EXPECT_EQ(decode_bytes(bytes, "a.mka", 22050).warning, "3 damaged packets were left out");
}

TEST(Damage, of_many_megabytes_ends_soon) {
    Bytes bytes = read_bytes(golden_file("long.mp3"));
    const Bytes noise = Noise().bytes(8 << 20);
    bytes.insert(bytes.end(), noise.begin(), noise.end());
    const auto start = std::chrono::steady_clock::now();
    const Outcome outcome = try_decode(bytes, "damaged.mp3");
    EXPECT_THAT(outcome.message, HasSubstr("next to nothing of its audio can be decoded: 2.0 s of "));
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(60));
}

}  // namespace
}  // namespace earmark::test
