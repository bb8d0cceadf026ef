// Files of which nothing that deserves a tag can be decoded: an error, and never the tags of noise.
#include "decode/shortfall.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "tests/decode/test_support.h"

namespace earmark::test {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

Bytes cut_wav(double present_s, double declared_s) {
    constexpr int rate_hz = 22050;
    return wav_file(bytes_of(sine(440, rate_hz, present_s)), {.sample_rate_hz = rate_hz},
                    static_cast<std::size_t>(declared_s * rate_hz) * 2);
}

/// Where a text is in a file.
Bytes::iterator find(Bytes& bytes, std::string_view text, Bytes::iterator from) {
    const auto letters = std::as_bytes(std::span(text));
    return std::search(from, bytes.end(), letters.begin(), letters.end());
}

/// The AAC of coded_front.m4a under another name of its format.
Bytes m4a_of_format(std::string_view name) {
    Bytes bytes = read_bytes(golden_file("coded_front.m4a"));
    const auto at = find(bytes, "mp4a", find(bytes, "stsd", bytes.begin()));
    std::copy_n(std::as_bytes(std::span(name)).begin(), name.size(), at);
    return bytes;
}

TEST(Shortfall, of_less_than_a_second_and_a_tenth_of_what_is_declared_is_an_error) {
    const Outcome outcome = try_decode(cut_wav(0.9, 60.0), "cut.wav");
    EXPECT_EQ(outcome.code, ErrorCode::damaged_audio);
    EXPECT_EQ(outcome.message, "cut.wav: next to nothing of its audio can be decoded: 0.90 s of 60.0 s");
}

TEST(Shortfall, of_a_file_cut_short_that_has_more_than_a_second_is_a_warning) {
    const Outcome outcome = try_decode(cut_wav(1.5, 600.0), "cut.wav");
    EXPECT_EQ(outcome.message, "");
    EXPECT_EQ(outcome.decoded.warning, "ends early: 1.5 s of 600.0 s");
}

TEST(Shortfall, is_none_in_a_short_file_that_has_a_tenth_of_what_it_declares) {
    EXPECT_EQ(try_decode(cut_wav(0.2, 1.9), "short.wav").message, "");
}

TEST(Shortfall, is_none_in_a_file_that_declares_no_length) {
    EXPECT_EQ(decode::shortfall({.decoded_s = 0.1, .packets_s = 0.1, .packet_count = 4, .frame_count = 4}), "");
}

TEST(Shortfall, of_packets_that_cannot_be_decoded_is_an_error_however_long_the_rest_is) {
    decode::Yield yield{.decoded_s = 20.0, .packets_s = 300.0, .packet_count = 13000, .frame_count = 860};
    EXPECT_THAT(decode::shortfall(yield), EndsWith(": 20.0 s of 300.0 s"));
    yield.declared_s = 300.0;
    EXPECT_THAT(decode::shortfall(yield), EndsWith(": 20.0 s of 300.0 s"));
}

TEST(Shortfall, is_none_where_all_that_is_declared_was_decoded_and_noise_follows) {
    const decode::Yield yield{
        .decoded_s = 20.0, .declared_s = 20.0, .packets_s = 300.0, .packet_count = 13000, .frame_count = 860};
    EXPECT_EQ(decode::shortfall(yield), "");
}

TEST(Shortfall, is_none_where_only_the_durations_or_only_the_frames_are_few) {
    EXPECT_EQ(decode::shortfall({.decoded_s = 20.0, .packets_s = 1e6, .packet_count = 900, .frame_count = 900}), "");
    EXPECT_EQ(decode::shortfall({.decoded_s = 20.0, .packets_s = 20.0, .packet_count = 900, .frame_count = 20}), "");
}

TEST(Shortfall, of_aac_without_frame_headers_in_a_wav_is_an_error) {
    const Outcome outcome = try_decode(golden_file("undecodable.wav"));
    EXPECT_EQ(outcome.code, ErrorCode::damaged_audio);
    EXPECT_THAT(outcome.message, HasSubstr(": next to nothing of its audio can be decoded: "));
}

struct Encrypted {
    const char* file;
    const char* by;
};

class Protected : public testing::TestWithParam<Encrypted> {};

TEST_P(Protected, audio_is_an_error_that_names_what_protects_it) {
    const Outcome outcome = try_decode(golden_file(GetParam().file));
    EXPECT_EQ(outcome.code, ErrorCode::not_audio);
    EXPECT_EQ(outcome.message, golden_file(GetParam().file).string() + ": is protected by " + GetParam().by +
                                   "; expected audio without encryption");
}

INSTANTIATE_TEST_SUITE_P(Containers, Protected,
                         testing::Values(Encrypted{"protected.mp4", "common encryption"},
                                         Encrypted{"protected.wma", "Windows Media DRM"},
                                         Encrypted{"protected.webm", "WebM encryption"}));

TEST(ProtectedM4a, is_an_error_that_names_what_protects_it) {
    EXPECT_THAT(try_decode(m4a_of_format("drms"), "song.m4p").message,
                StartsWith("song.m4p: is protected by FairPlay"));
    EXPECT_THAT(try_decode(m4a_of_format("aavd"), "book.aax").message, StartsWith("book.aax: is protected by Audible"));
    EXPECT_THAT(try_decode(m4a_of_format("enca"), "a.mp4").message, StartsWith("a.mp4: is protected by common"));
    EXPECT_EQ(try_decode(m4a_of_format("mp4a"), "song.m4a").message, "");
}

TEST(FreeFormat, is_found_behind_a_long_tag) {
    Bytes bytes{std::byte{'I'}, std::byte{'D'}, std::byte{'3'}, std::byte{4}, std::byte{0},
                std::byte{0},   std::byte{0},   std::byte{6},   std::byte{0}, std::byte{0}};
    bytes.resize(bytes.size() + (std::size_t{6} << 14));
    const Bytes audio = read_bytes(golden_file("free_format.mp3"));
    bytes.insert(bytes.end(), audio.begin(), audio.end());
    EXPECT_EQ(decode_bytes(bytes, "a.mp3", 44100).audio.samples, decode_bytes(audio, "a.mp3", 44100).audio.samples);
}

TEST(FreeFormat, that_is_cut_short_gives_a_warning) {
    Bytes bytes = read_bytes(golden_file("free_format.mp3"));
    const auto at = find(bytes, "Info", bytes.begin());
    ASSERT_NE(at, bytes.end());
    at[11] = std::byte{100};  // the number of frames, of 26 ms each
    EXPECT_EQ(decode_bytes(bytes, "a.mp3", 44100).warning, "ends early: 0.31 s of 2.6 s");
}

TEST(FreeFormat, of_music_in_one_channel_may_be_read_without_the_other) {
    std::vector<float> all(20000);
    std::vector<float> sounding(20000);
    all.resize(AudioReader(golden_file("free_format_left.mp3")).read(all));
    AudioReaderOptions options;
    options.channels = ChannelRule::sounding;
    sounding.resize(AudioReader(golden_file("free_format_left.mp3"), options).read(sounding));
    ASSERT_EQ(sounding.size(), all.size());
    for (std::size_t i = 0; i < all.size(); ++i) EXPECT_NEAR(sounding[i], 2 * all[i], 1e-6) << i;
    EXPECT_GT(*std::max_element(all.begin(), all.end()), 0.05);
}

TEST(FreeFormat, comes_through_a_pipe) {
    const TemporaryFile folder("anchor", {});
    for (const char* name : {"free_format.mp3", "free_format_no_length.mp3", "coded_no_length.mp3"}) {
        const auto pipe = folder.path().parent_path() / name;
        ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
        const Bytes bytes = read_bytes(golden_file(name));
        std::thread writer([&] {
            std::ofstream(pipe, std::ios::binary)
                .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
        });
        const Outcome outcome = try_decode(pipe, 22050);
        writer.join();
        EXPECT_EQ(outcome.message, "");
        EXPECT_EQ(outcome.decoded.audio.samples, decode_file(golden_file(name), 22050).audio.samples);
    }
}

}  // namespace
}  // namespace earmark::test
