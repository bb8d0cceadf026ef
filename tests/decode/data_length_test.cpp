// Files whose header states another length of their samples than they have.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "tests/decode/test_support.h"

namespace earmark::test {
namespace {

constexpr int rate_hz = 22050;

Bytes tone(double duration_s) { return bytes_of(sine(440, rate_hz, duration_s)); }

/// 3 s of sound by the header, and what follows.
DecodedAudio decode_with_tail(const Bytes& tail) {
    Bytes file = wav_file(tone(3.0), {.sample_rate_hz = rate_hz});
    file.insert(file.end(), tail.begin(), tail.end());
    return decode_bytes(file, "a.wav", rate_hz);
}

Bytes chunk(std::string_view name, std::size_t content_bytes, std::uint32_t stated_bytes) {
    const auto letters = std::as_bytes(std::span(name));
    Bytes bytes(letters.begin(), letters.end());
    const Bytes size = bytes_of(std::vector{stated_bytes});
    const Bytes content = Noise().bytes(content_bytes);
    bytes.insert(bytes.end(), size.begin(), size.end());
    bytes.insert(bytes.end(), content.begin(), content.end());
    return bytes;
}

TEST(DataLength, of_a_tenth_of_what_is_there_is_not_believed_and_gives_a_warning) {
    const auto decoded =
        decode_bytes(wav_file(tone(30.0), {.sample_rate_hz = rate_hz}, 3 * rate_hz * 2), "a.wav", rate_hz);
    EXPECT_EQ(decoded.audio.samples.size(), 30U * rate_hz);
    EXPECT_EQ(decoded.warning, "the header is wrong: it states 3.0 s of 30.0 s");
}

struct LengthField {
    const char* file;
    const char* in_front;  ///< the field follows it
    std::size_t skipped_bytes;
    Bytes tenth;  ///< of the 6,400 bytes that are there
};

class WrongLength : public testing::TestWithParam<LengthField> {};

TEST_P(WrongLength, of_other_formats_is_not_believed_either) {
    const LengthField& field = GetParam();
    const Bytes right = read_bytes(golden_file(field.file));
    Bytes wrong = right;
    const auto name = std::as_bytes(std::span(std::string_view(field.in_front)));
    const auto at = std::search(wrong.begin(), wrong.end(), name.begin(), name.end());
    ASSERT_NE(at, wrong.end());
    std::copy(field.tenth.begin(), field.tenth.end(), at + static_cast<std::ptrdiff_t>(4 + field.skipped_bytes));
    const auto decoded = decode_bytes(wrong, field.file, 16000);
    EXPECT_EQ(decoded.audio.samples, decode_bytes(right, field.file, 16000).audio.samples);
    EXPECT_EQ(decoded.warning, "the header is wrong: it states 0.01 s of 0.10 s");
}

Bytes field_of(const std::vector<unsigned char>& numbers) { return bytes_of(numbers); }

INSTANTIATE_TEST_SUITE_P(Of, WrongLength,
                         testing::Values(LengthField{"coded.aiff", "SSND", 0, field_of({0, 0, 2, 128})},
                                         LengthField{"coded.caf", "data", 0, field_of({0, 0, 0, 0, 0, 0, 2, 128})},
                                         LengthField{"coded_rf64.wav", "ds64", 12,
                                                     field_of({128, 2, 0, 0, 0, 0, 0, 0})}),
                         [](const auto& one) { return "format_" + std::to_string(one.index); });

TEST(DataLength, is_believed_where_chunks_follow) {
    EXPECT_EQ(decode_with_tail(chunk("abcd", 500000, 500000)).audio.samples.size(), 3U * rate_hz);
    EXPECT_EQ(decode_with_tail(chunk("LIST", 500000, 500000)).audio.samples.size(), 3U * rate_hz);
    EXPECT_EQ(decode_with_tail(chunk("LIST", 500000, 500000)).warning, "");
}

TEST(DataLength, is_believed_where_a_chunk_follows_that_is_cut_short) {
    EXPECT_EQ(decode_with_tail(chunk("LIST", 500000, 600000)).audio.samples.size(), 3U * rate_hz);
}

/// The same, and the size of the file as a whole counts what follows.
DecodedAudio decode_with_counted_tail(const Bytes& tail) {
    Bytes file = wav_file(tone(3.0), {.sample_rate_hz = rate_hz});
    file.insert(file.end(), tail.begin(), tail.end());
    const Bytes size = bytes_of(std::vector{static_cast<std::uint32_t>(file.size() - 8)});
    std::ranges::copy(size, file.begin() + 4);
    return decode_bytes(file, "a.wav", rate_hz);
}

TEST(DataLength, is_believed_where_the_size_of_the_file_counts_what_follows) {
    Bytes without_padding = chunk("abcd", 400001, 400001);
    const Bytes last = chunk("bext", 602, 602);
    without_padding.insert(without_padding.end(), last.begin(), last.end());
    Bytes many;
    for (int i = 0; i < 2000; ++i) {
        const Bytes one = chunk("cue ", 200, 200);
        many.insert(many.end(), one.begin(), one.end());
    }
    for (const Bytes& tail : {without_padding, many,
                              chunk("ab\xe9"
                                    "d",
                                    400000, 400000)}) {
        const DecodedAudio decoded = decode_with_counted_tail(tail);
        EXPECT_EQ(decoded.audio.samples.size(), 3U * rate_hz);
        EXPECT_EQ(decoded.warning, "");
    }
}

TEST(DataLength, is_believed_where_zeros_follow) {
    EXPECT_EQ(decode_with_tail(Bytes(500000)).audio.samples.size(), 3U * rate_hz);
}

TEST(DataLength, is_believed_where_less_follows_than_it_states) {
    EXPECT_EQ(decode_with_tail(Noise().bytes(100000)).audio.samples.size(), 3U * rate_hz);
}

}  // namespace
}  // namespace earmark::test
