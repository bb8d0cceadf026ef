// Compressed audio under the name of whole numbers, where FFmpeg does not look for it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "earmark/decode.h"
#include "tests/decode/test_support.h"

namespace earmark::test {
namespace {

constexpr std::size_t header_bytes = 44;
constexpr WavFormat cd{.sample_rate_hz = 44'100, .channel_count = 2};

Bytes silence(double duration_s) { return Bytes(4 * static_cast<std::size_t>(duration_s * 44'100.0)); }

Bytes joined(Bytes first, const Bytes& second) {
    first.insert(first.end(), second.begin(), second.end());
    return first;
}

// Two seconds.
Bytes dts() {
    const Bytes wav = read_bytes(golden_file("hidden_dts.wav"));
    Bytes data;
    for (int i = 0; i < 14; ++i) data.insert(data.end(), wav.begin() + header_bytes, wav.end());
    return data;
}

// Big-endian, without a length.
Bytes au_file(Bytes data) {
    for (std::size_t i = 0; i + 1 < data.size(); i += 2) std::swap(data[i], data[i + 1]);
    Bytes header;
    for (const unsigned number : {0x2e736e64U, 24U, 0xffffffffU, 3U, 44'100U, 2U})
        for (int shift = 24; shift >= 0; shift -= 8) header.push_back(static_cast<std::byte>(number >> shift));
    return joined(header, data);
}

std::string problem_of(const Bytes& file) {
    try {
        AudioReader reader(file, "a");
        read_portions(reader, [](auto) { return true; });
        return reader.warning();
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::damaged_audio);
        return error.what();
    }
}

constexpr char dts_problem[] =
    "a: its samples are DTS under the name of pcm_s16[lb]e; expected music, or DTS in a file of its own";

TEST(HiddenDts, after_silence_is_an_error) {
    for (const double silence_s : {1.0, 20.0})
        EXPECT_THAT(problem_of(wav_file(joined(silence(silence_s), dts()), cd)), testing::MatchesRegex(dts_problem));
}

TEST(HiddenDts, in_a_format_in_which_ffmpeg_does_not_look_for_it_is_an_error) {
    EXPECT_THAT(problem_of(au_file(dts())), testing::MatchesRegex(dts_problem));
}

/// Bursts of IEC 61937 of this type at a distance, in samples.
Bytes bursts(std::uint16_t type, std::size_t distance, int count = 5) {
    std::vector<std::uint16_t> samples;
    for (int i = 0; i < count; ++i) {
        samples.insert(samples.end(), {0xf872, 0x4e1f, type, 0x2000});
        for (std::size_t k = 4; k < distance; ++k) samples.push_back(static_cast<std::uint16_t>(k * 40503U >> 3));
    }
    return bytes_of(samples);
}

TEST(HiddenBursts, after_silence_are_an_error_that_names_the_codec) {
    const std::vector<std::tuple<std::uint16_t, std::size_t, std::string>> types{
        {1, 3072, "AC-3"}, {11, 1024, "DTS"}, {12, 2048, "DTS"}, {13, 4096, "DTS"}, {21, 12288, "E-AC-3"}};
    for (const auto& [type, distance, codec] : types) {
        const std::string expected = "a: its samples are " + codec +
                                     " under the name of pcm_s16le; expected music, or " + codec +
                                     " in a file of its own";
        EXPECT_EQ(problem_of(wav_file(joined(silence(1.0), bursts(type, distance)), cd)), expected);
    }
}

TEST(HiddenBursts, in_the_other_order_of_bytes_are_an_error) {
    Bytes data = bursts(1, 3072);
    for (std::size_t i = 0; i + 1 < data.size(); i += 2) std::swap(data[i], data[i + 1]);
    EXPECT_THAT(problem_of(au_file(data)), testing::HasSubstr("a: its samples are AC-3 under the name of pcm_s16be"));
}

TEST(HiddenBursts, are_not_what_music_is_taken_for) {
    EXPECT_EQ(problem_of(au_file(bursts(1, 3074))), "");
    EXPECT_EQ(problem_of(au_file(bursts(1, 3072, 3))), "");
    EXPECT_EQ(problem_of(au_file(bursts(2, 3072))), "");
}

TEST(HiddenDts, that_ffmpeg_decodes_is_no_error) { EXPECT_EQ(problem_of(wav_file(dts(), cd)), ""); }

TEST(HiddenDts, is_not_what_music_is_taken_for) {
    EXPECT_EQ(problem_of(wav_file(Noise().bytes(400'000), cd)), "");
    // At full scale and inverted: each frame looks like a sync word.
    std::vector<std::int16_t> square;
    for (int i = 0; i < 100'000; ++i) {
        const bool is_high = i / 100 % 2 == 0;
        square.push_back(is_high ? 0x7ffe : -0x7fff);
        square.push_back(is_high ? -0x7fff : 0x7ffe);
    }
    EXPECT_EQ(problem_of(wav_file(bytes_of(square), cd)), "");
}

}  // namespace
}  // namespace earmark::test
