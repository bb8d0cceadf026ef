// What comes behind the last frame of a file, or between two files that were joined, is no damage.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "tests/decode/test_support.h"

namespace earmark::test {
namespace {

Bytes bytes_of_text(std::string_view text) { return bytes_of(std::vector<char>(text.begin(), text.end())); }

Bytes operator+(Bytes first, const Bytes& second) {
    first.insert(first.end(), second.begin(), second.end());
    return first;
}

Bytes little_endian(std::uint32_t number) { return bytes_of(std::vector{number}); }

/// APEv2, with header and footer, and a cover of noise, in which a decoder may find the start of a frame.
Bytes ape_tag() {
    const Bytes key = bytes_of_text(std::string_view("Cover Art (Front)\0", 18));
    const Bytes cover = bytes_of_text(std::string_view("cover.png\0", 10)) + Noise().bytes(60000);
    const Bytes item = little_endian(static_cast<std::uint32_t>(cover.size())) + little_endian(2) + key + cover;
    const auto frame = [&](std::uint32_t flags) {
        return bytes_of_text("APETAGEX") + little_endian(2000) +
               little_endian(static_cast<std::uint32_t>(item.size()) + 32) + little_endian(1) + little_endian(flags) +
               Bytes(8);
    };
    return frame(0xa0000000) + item + frame(0x80000000);
}

Bytes id3v1_tag() { return bytes_of_text("TAG") + Bytes(125); }

Bytes lyrics_tag() {
    const std::string lyrics =
        "LYRICSBEGIN"
        "IND0000210"
        "LYR00012"
        "la la la la ";
    return bytes_of_text(lyrics + "0000" + std::to_string(lyrics.size()) + "LYRICS200");
}

struct Tail {
    const char* name;
    Bytes bytes;
};

/// Of tags, which are found, and of what else is there, which is not.
std::vector<Tail> tags() {
    return {{"APEv2", ape_tag()},
            {"ID3v1", id3v1_tag()},
            {"APEv2 and ID3v1", ape_tag() + id3v1_tag()},
            {"Lyrics3v2 and ID3v1", lyrics_tag() + id3v1_tag()},
            {"APEv2, Lyrics3v2 and ID3v1", ape_tag() + lyrics_tag() + id3v1_tag()}};
}

std::vector<Tail> junk() {
    return {
        {"zeros", Bytes(100000)}, {"noise", Noise().bytes(60000)}, {"text", bytes_of_text("<html>not found</html>")}};
}

std::string test_name(const testing::TestParamInfo<const char*>& info) {
    std::string name = info.param;
    std::replace(name.begin(), name.end(), '.', '_');
    return name;
}

class TagAtTheEnd : public testing::TestWithParam<const char*> {};

TEST_P(TagAtTheEnd, changes_no_sample_and_gives_no_warning) {
    const Bytes file = read_bytes(golden_file(GetParam()));
    const auto expected = decode_bytes(file, GetParam(), 16000).audio.samples;
    for (const Tail& tail : tags()) {
        const Outcome outcome = try_decode(file + tail.bytes, GetParam(), 16000);
        EXPECT_EQ(outcome.message, "") << tail.name;
        EXPECT_EQ(outcome.decoded.warning, "") << tail.name;
        EXPECT_EQ(outcome.decoded.audio.samples, expected) << tail.name;
    }
}

INSTANTIATE_TEST_SUITE_P(Of, TagAtTheEnd,
                         testing::Values("coded.mp3", "coded_no_length.mp3", "coded.flac", "coded.ogg", "coded.oga",
                                         "coded.opus", "coded.spx", "coded.aac", "coded.ac3", "coded.m4a",
                                         "coded_front.m4a", "coded.wma", "coded.webm", "coded.mka", "coded.wv",
                                         "coded.aiff", "coded_s16.wav", "coded.w64", "coded.caf", "coded.avi",
                                         "free_format.mp3"),
                         test_name);

class JunkAtTheEnd : public testing::TestWithParam<const char*> {};

TEST_P(JunkAtTheEnd, of_a_file_that_declares_its_length_gives_no_warning) {
    const Bytes file = read_bytes(golden_file(GetParam()));
    const auto expected = decode_bytes(file, GetParam(), 16000).audio.samples;
    for (const Tail& tail : junk()) {
        const Outcome outcome = try_decode(file + tail.bytes, GetParam(), 16000);
        EXPECT_EQ(outcome.message, "") << tail.name;
        EXPECT_EQ(outcome.decoded.warning, "") << tail.name;
        EXPECT_EQ(outcome.decoded.audio.samples, expected) << tail.name;
    }
}

INSTANTIATE_TEST_SUITE_P(Of, JunkAtTheEnd,
                         testing::Values("coded.flac", "coded.ogg", "coded.oga", "coded.opus", "coded.spx", "coded.m4a",
                                         "coded_front.m4a", "coded.wma", "coded.wv"),
                         test_name);

/// More noise than there is sound makes the length in the header doubtful: data_length_test.cpp.
TEST(JunkAtTheEnd, of_a_file_of_whole_numbers_is_passed_over_while_it_is_less_than_the_file) {
    for (const char* name : {"coded.aiff", "coded_s16.wav", "coded_rf64.wav", "coded.caf", "coded.w64"}) {
        const Bytes file = read_bytes(golden_file(name));
        const auto expected = decode_bytes(file, name, 16000).audio.samples;
        for (const Bytes& tail : {Bytes(100000), Noise().bytes(3000)}) {
            const Outcome outcome = try_decode(file + tail, name, 16000);
            EXPECT_EQ(outcome.message + outcome.decoded.warning, "") << name;
            EXPECT_EQ(outcome.decoded.audio.samples, expected) << name;
        }
    }
}

TEST(JunkAtTheEnd, hides_no_damage_in_front_of_it) {
    Bytes file = read_bytes(golden_file("long.flac"));
    for (std::size_t i = 2000; i < 2600; i += 40) file[i] ^= std::byte{0xff};
    const auto expected = decode_bytes(file, "a.flac", 8000);
    EXPECT_THAT(expected.warning, testing::HasSubstr("damaged packet"));
    for (const Tail& tail : junk()) {
        EXPECT_EQ(decode_bytes(file + tail.bytes, "a.flac", 8000).warning, expected.warning) << tail.name;
    }
}

TEST(JunkAtTheEnd, of_a_file_without_a_declared_length_gives_no_warning_while_it_is_little) {
    const Bytes text = bytes_of_text("<html>not found</html>");
    for (const char* name : {"coded.aac", "coded_no_length.mp3", "coded.ac3"}) {
        EXPECT_EQ(decode_bytes(read_bytes(golden_file(name)) + text, name, 16000).warning, "") << name;
    }
}

TEST(JoinedFiles, have_no_damage_where_they_meet) {
    for (const char* name :
         {"cover.mp3", "coded.oga", "coded.ogg", "coded.opus", "coded.spx", "coded.flac", "coded.aac"}) {
        const Bytes file = read_bytes(golden_file(name));
        const auto one = decode_bytes(file, name, 16000);
        const auto two = decode_bytes(file + file, name, 16000);
        EXPECT_EQ(two.warning, "") << name;
        EXPECT_NEAR(two.audio.duration_s(), 2 * one.audio.duration_s(), 0.1) << name;
    }
}

/// What `flac --ogg` writes, unlike ffmpeg: a packet for each block of metadata, here a seek table and padding.
TEST(JoinedFiles, of_ogg_flac_have_headers_of_any_number) {
    const Bytes file = read_bytes(golden_file("blocks.oga"));
    EXPECT_EQ(decode_bytes(file + file, "chain.oga", 16000).warning, "");
}

TEST(JoinedFiles, of_ogg_flac_may_have_larger_blocks_than_the_first) {
    const Bytes first = read_bytes(golden_file("coded_small_blocks.oga"));
    const Bytes second = read_bytes(golden_file("coded.oga"));
    const auto decoded = decode_bytes(first + second, "chain.oga", 16000);
    EXPECT_EQ(decoded.warning, "");
    EXPECT_EQ(decoded.audio.samples.size(), 3200U);
}

TEST(JoinedFiles, have_their_damage_in_the_second_one_reported) {
    const Bytes file = read_bytes(golden_file("long.flac"));
    Bytes second = file;
    for (std::size_t i = 2000; i < second.size() - 2000; i += 40) second[i] ^= std::byte{0xff};
    const auto decoded = decode_bytes(file + second + file, "joined.flac", 8000);
    EXPECT_GT(decoded.audio.duration_s(), 3.9);
    EXPECT_THAT(decoded.warning, testing::HasSubstr("damaged packet"));
}

TEST(TagAtTheEnd, that_claims_to_be_longer_than_the_file_is_no_tag) {
    Bytes tag = ape_tag();
    tag.erase(tag.begin(), tag.end() - 32);
    const Bytes file = read_bytes(golden_file("coded_s16.wav"));
    EXPECT_EQ(decode_bytes(file + tag, "a.wav", 16000).audio.samples.size(), 1600U);
}

}  // namespace
}  // namespace earmark::test
