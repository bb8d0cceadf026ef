// DTS under the name of whole numbers, where FFmpeg does not look for it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

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
