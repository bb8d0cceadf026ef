#include "decode/hidden_tags.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>

#include "earmark/error.h"
#include "tests/decode/spent.h"
#include "tests/decode/test_support.h"

namespace earmark::test {
namespace {

Bytes all_of(decode::ByteSource& source, std::size_t portion_bytes) {
    Bytes all;
    Bytes portion(portion_bytes);
    for (std::ptrdiff_t count = 0; (count = source.read(portion)) > 0;)
        all.insert(all.end(), portion.begin(), portion.begin() + count);
    return all;
}

/// A file as FFmpeg sees it.
Bytes shown(const std::filesystem::path& file, std::size_t portion_bytes = 1000) {
    return all_of(*decode::hide_tags(decode::open_file(file), "file"), portion_bytes);
}

std::size_t count_of(const Bytes& bytes, const std::string& text) {
    std::size_t count = 0;
    const auto is_letter = [](std::byte byte, char letter) { return byte == static_cast<std::byte>(letter); };
    for (auto at = bytes.begin();
         (at = std::search(at, bytes.end(), text.begin(), text.end(), is_letter)) != bytes.end(); ++at)
        ++count;
    return count;
}

TEST(HiddenTags, of_id3_are_passed_over) {
    const AttackFile file("id3_texts", 10);
    if (file.path().empty()) GTEST_SKIP() << "python3 is missing";
    ASSERT_GT(count_of(read_bytes(file.path()), "TXXX"), 0U);
    EXPECT_EQ(count_of(shown(file.path()), "TXXX"), 0U);
    const Bytes music = read_bytes(golden_file("coded.mp3"));
    const Bytes found = shown(file.path());
    // That file has an ID3 tag of its own, which is passed over as well.
    ASSERT_LT(found.size(), music.size());
    EXPECT_TRUE(std::equal(found.rbegin(), found.rend(), music.rbegin()));
    EXPECT_EQ(found.front(), std::byte{0xff});
}

/// Gives a few bytes at a time and cannot go back.
class Pipe final : public decode::ByteSource {
public:
    explicit Pipe(const Bytes& bytes, std::size_t portion_bytes = 7)
        : source_(decode::open_memory(bytes)), portion_bytes_(portion_bytes) {}
    std::ptrdiff_t read(std::span<std::byte> buffer) noexcept override {
        return source_->read(buffer.first(std::min(buffer.size(), portion_bytes_)));
    }
    bool seek(std::int64_t) noexcept override { return false; }
    std::optional<std::int64_t> size_bytes() const noexcept override { return std::nullopt; }

private:
    std::unique_ptr<decode::ByteSource> source_;
    std::size_t portion_bytes_;
};

TEST(HiddenTags, of_id3_in_a_pipe_are_passed_over) {
    const Bytes music = read_bytes(golden_file("coded.mp3"));
    EXPECT_EQ(all_of(*decode::hide_tags(std::make_unique<Pipe>(music), "pipe"), 1000), shown(golden_file("coded.mp3")));
}

class InPipe : public testing::TestWithParam<std::string> {};

TEST_P(InPipe, tags_are_hidden_as_in_a_file) {
    const AttackFile file(GetParam(), 2000);
    if (file.path().empty()) GTEST_SKIP() << "python3 is missing";
    const Bytes whole = read_bytes(file.path());
    ASSERT_NE(shown(file.path()), whole);
    EXPECT_EQ(all_of(*decode::hide_tags(std::make_unique<Pipe>(whole), "pipe"), 1000), shown(file.path()));
}

INSTANTIATE_TEST_SUITE_P(Formats, InPipe,
                         testing::Values("id3_texts", "comments_flac", "comments_ogg", "id3_texts_riff",
                                         "asf_attributes", "matroska_tags"),
                         [](const auto& test) { return test.param; });

TEST(HiddenTags, of_a_pipe_stay_behind_its_first_16_MB) {
    Bytes bytes(std::size_t{20} << 20, std::byte{7});
    const std::string start = "RIFF____WAVE";
    std::transform(start.begin(), start.end(), bytes.begin(),
                   [](char letter) { return static_cast<std::byte>(letter); });
    EXPECT_EQ(all_of(*decode::hide_tags(std::make_unique<Pipe>(bytes, 1 << 20), "pipe"), 1 << 20), bytes);
}

TEST(HiddenTags, of_a_flac_in_a_pipe_must_end_within_16_MB) {
    Bytes bytes;
    for (const char letter : std::string("fLaC")) bytes.push_back(static_cast<std::byte>(letter));
    for (int block = 0; block < 2; ++block) {
        for (const int byte : {2, 0xff, 0xff, 0xff}) bytes.push_back(static_cast<std::byte>(byte));
        bytes.resize(bytes.size() + 0xffffff);
    }
    try {
        decode::hide_tags(std::make_unique<Pipe>(bytes, 1 << 20), "pipe");
        FAIL() << "expected an error";
    } catch (const Error& error) {
        EXPECT_STREQ(error.what(),
                     "pipe: cannot be read from a pipe, because its header is longer than 16 MB; expected a file");
    }
}

class Shown : public testing::TestWithParam<std::size_t> {};

TEST_P(Shown, does_not_depend_on_the_portions_in_which_it_is_read) {
    const AttackFile file("comments_ogg", 2000);
    if (file.path().empty()) GTEST_SKIP() << "python3 is missing";
    EXPECT_EQ(shown(file.path(), GetParam()), shown(file.path(), 1 << 20));
}

INSTANTIATE_TEST_SUITE_P(Portions, Shown, testing::Values(1, 3, 26, 4096));

struct Named {
    std::string kind;
    std::string tag;
    std::string padding;
};

class TagIn : public testing::TestWithParam<Named> {};

TEST_P(TagIn, becomes_padding_of_the_same_length) {
    const AttackFile file(GetParam().kind, 10);
    if (file.path().empty()) GTEST_SKIP() << "python3 is missing";
    const Bytes whole = read_bytes(file.path());
    const Bytes found = shown(file.path());
    EXPECT_EQ(found.size(), whole.size());
    EXPECT_GT(count_of(whole, GetParam().tag), 0U);
    EXPECT_EQ(count_of(found, GetParam().tag), 0U);
    EXPECT_GT(count_of(found, GetParam().padding), count_of(whole, GetParam().padding));
}

INSTANTIATE_TEST_SUITE_P(Formats, TagIn,
                         testing::Values(Named{"id3_texts_riff", "id3 ", "JUNK"},
                                         Named{"id3_packed_aiff", "ID3 ", "JUNK"}, Named{"riff_texts", "LIST", "JUNK"},
                                         Named{"asf_attributes", "\x40\xA4\xD0\xD2", "\x74\xD4\x06\x18"},
                                         Named{"matroska_chapters", "\x10\x43\xA7\x70", "\xEC"},
                                         Named{"matroska_tags", "\x12\x54\xC3\x67", "\xEC"}),
                         [](const auto& test) { return test.param.kind; });

/// As FFmpeg sees it to read its fields.
Bytes shown_for_fields(const std::filesystem::path& file) {
    return all_of(*decode::hide_all_but_fields(decode::open_file(file), "file"), 1000);
}

class FieldsIn : public testing::TestWithParam<Named> {};

TEST_P(FieldsIn, are_shown_unless_there_are_thousands) {
    const AttackFile few(GetParam().kind, 10);
    const AttackFile many(GetParam().kind, 10'000);
    if (few.path().empty()) GTEST_SKIP() << "python3 is missing";
    const std::string tag = GetParam().tag;
    EXPECT_EQ(count_of(shown_for_fields(few.path()), tag), count_of(read_bytes(few.path()), tag));
    EXPECT_LT(count_of(shown_for_fields(many.path()), tag), count_of(read_bytes(many.path()), tag));
    EXPECT_EQ(shown_for_fields(many.path()).size(), std::filesystem::file_size(many.path()));
}

INSTANTIATE_TEST_SUITE_P(Formats, FieldsIn,
                         testing::Values(Named{"id3_texts_riff", "id3 ", ""}, Named{"riff_texts", "LIST", ""},
                                         Named{"asf_attributes", "\x40\xA4\xD0\xD2", ""}, Named{"mp4_tags", "udta", ""},
                                         Named{"mp4_edits", "elst", ""},
                                         Named{"matroska_tags", "\x12\x54\xC3\x67", ""}),
                         [](const auto& test) { return test.param.kind; });

TEST(HiddenTags, of_flac_become_padding) {
    const AttackFile file("comments_flac", 10);
    if (file.path().empty()) GTEST_SKIP() << "python3 is missing";
    constexpr std::size_t second_block = 4 + 4 + 34;
    EXPECT_EQ(read_bytes(file.path())[second_block], std::byte{4});
    EXPECT_EQ(shown(file.path())[second_block], std::byte{1});
}

// The checksum of a page is right, or FFmpeg would pass over the page, and nothing could be decoded.
TEST(HiddenTags, of_ogg_become_none_where_they_are_many) {
    const AttackFile many("comments_ogg", 1001);
    const AttackFile some("comments_ogg", 1000);
    if (many.path().empty()) GTEST_SKIP() << "python3 is missing";
    EXPECT_NE(shown(many.path()), read_bytes(many.path()));
    EXPECT_EQ(shown(some.path()), read_bytes(some.path()));
    EXPECT_EQ(decode_file(many.path(), 16000).audio.samples,
              decode_file(golden_file("coded.ogg"), 16000).audio.samples);
    EXPECT_EQ(decode_file(many.path(), 16000).warning, "");
}

TEST(HiddenTags, of_a_file_with_millions_of_parts_are_an_error) {
    Bytes bytes;
    const std::string start = "RIFF____WAVE";
    for (const char letter : start) bytes.push_back(static_cast<std::byte>(letter));
    for (int i = 0; i < 20'000; ++i) {
        for (const char letter : std::string("id3 \0\0\0\0", 8)) bytes.push_back(static_cast<std::byte>(letter));
    }
    const Outcome outcome = try_decode(bytes, "many.wav");
    ASSERT_TRUE(outcome.failed);
    EXPECT_EQ(outcome.message, "many.wav: damaged: its header has too many parts");
}

}  // namespace
}  // namespace earmark::test
