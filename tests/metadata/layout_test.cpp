// What no file of another program is needed for: the tests in Python have those.
#include "metadata/layout.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "earmark/error.h"
#include "metadata/binary.h"
#include "tests/support/temporary_folder.h"

namespace earmark::metadata {
namespace {

using namespace std::string_literals;
using testing::HasSubstr;

std::string riff(const std::string& chunks) {
    return "RIFF" + as_little_endian(4 + chunks.size(), 4) + "WAVE" + chunks;
}
std::string chunk(const std::string& id, const std::string& body) {
    return id + as_little_endian(body.size(), 4) + body + std::string(body.size() % 2, '\0');
}
std::string wav() { return riff(chunk("fmt ", std::string(16, '\1')) + chunk("data", "sound")); }

std::string reason(const std::string& bytes) { return list_fields(MemorySource(bytes), "a.wav").reason_not_writable; }

TEST(Layout, reports_why_a_file_is_not_written) {
    EXPECT_EQ(reason(wav()), "");
    EXPECT_THAT(reason("something else"), HasSubstr("this format"));
    EXPECT_THAT(reason(wav().replace(4, 4, "\xFF\xFF\xFF\xFF")), HasSubstr("another size"));
    EXPECT_THAT(reason(riff(chunk("data", "x") + "more" + as_little_endian(99, 4))), HasSubstr("'more'"));
    const std::string tag = "ID3\4\0\0\0\0\0\0"s;
    EXPECT_EQ(reason(riff(chunk("data", "x") + chunk("id3 ", tag))), "");
    EXPECT_THAT(reason(riff(chunk("data", "x") + chunk("id3 ", tag + "xx"))), HasSubstr("after the tag"));
    EXPECT_THAT(reason(riff(chunk("id3 ", tag) + chunk("ID3 ", tag))), HasSubstr("several"));
    EXPECT_THAT(reason(riff(chunk("id3 ", "nothing"))), HasSubstr("no whole tag"));
}

TEST(Layout, keeps_what_follows_the_chunks_of_a_wav_and_counts_it_as_audio) {
    const std::string bytes = wav() + "trailing";
    const MemorySource source(bytes);
    const auto layout = read_layout(source, "a.wav");
    const std::string edited = layout->edited({{{TagField::mood, {"Calm"}}}}).bytes(source);
    EXPECT_TRUE(edited.ends_with("trailing"));
    const FileFields fields = list_fields(MemorySource(edited), "a.wav");
    EXPECT_EQ(fields.values, (FieldValues{{TagField::mood, {"Calm"}}}));
    EXPECT_EQ(fields.audio.size(), 2U);
}

std::string id3_frame(const std::string& id, const std::string& body) {
    return id + as_big_endian(body.size(), 4) + "\0\0"s + body;
}
std::string id3_tag(const std::string& frames) {
    std::string size;
    for (const unsigned shift : {21U, 14U, 7U, 0U}) size += static_cast<char>(frames.size() >> shift & 0x7FU);
    return "ID3\3\0\0"s + size + frames;
}

TEST(Layout, holds_no_more_frames_than_music_has) {
    std::string frames;
    for (int i = 0; i < 50'000; ++i) frames += id3_frame("PRIV", "x");
    EXPECT_EQ(list_fields(MemorySource(id3_tag(frames) + "\xFF\xFBmusic"), "a.mp3").fields.size(), 50'000U);
    frames += id3_frame("PRIV", "x");
    const std::string bytes = id3_tag(frames) + "\xFF\xFBmusic";
    const FileFields fields = list_fields(MemorySource(bytes), "a.mp3");
    EXPECT_EQ(fields.reason_not_writable, "its ID3v2 tag has more than 50,000 frames");
    EXPECT_EQ(fields.fields.size(), 0U);
}

TEST(Layout, copies_all_frames_that_stay_in_one_piece) {
    std::string frames;
    for (int i = 0; i < 1000; ++i) frames += id3_frame("PRIV", "owner\0"s + std::to_string(i));
    const std::string bytes = id3_tag(frames) + "\xFF\xFBmusic";
    const MemorySource source(bytes);
    const Pieces edited = read_layout(source, "a.mp3")->edited({{{TagField::mood, {"Calm"}}}});
    EXPECT_LT(edited.all().size(), 6U);
    EXPECT_THAT(edited.bytes(source), HasSubstr(frames));
    EXPECT_LT(inverted(edited, source).all().size(), 6U);
}

// In a time that grows with their number; it was that of its square.
TEST(Layout, takes_the_first_of_many_comments_without_description) {
    std::string frames;
    for (int i = 0; i < 20'000; ++i) frames += id3_frame("COMM", "\0engother\0text"s);
    for (int i = 0; i < 20'000; ++i) frames += id3_frame("COMM", "\0eng\0"s + std::to_string(i));
    const std::string bytes = id3_tag(frames) + "\xFF\xFBmusic";
    const FileFields fields = list_fields(MemorySource(bytes), "a.mp3");
    EXPECT_EQ(fields.fields.size(), 40'000U);
    EXPECT_EQ(fields.values, (FieldValues{{TagField::comment, {"0"}}}));
}

TEST(Layout, names_the_file_whose_fields_are_damaged) {
    const std::string bytes = "ID3\4\0\0\0\0\x7F\x7F"s;
    try {
        list_fields(MemorySource(bytes), "song.mp3");
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::unreadable);
        EXPECT_THAT(error.what(), testing::StartsWith("song.mp3: its fields cannot be read: its ID3v2 tag ends after"));
    }
}

TEST(Layout, shows_the_first_difference_of_two_lists) {
    const FileFields one{"MP3", {{"a", "1", {}}, {"g", "x", TagField::genre}, {"b", "2", {}}}, {}, {}, {}, {}, ""};
    FileFields other = one;
    other.fields[1].bytes = "y";
    EXPECT_EQ(first_difference(one, other, {{TagField::genre, {}}}), std::nullopt);
    EXPECT_EQ(first_difference(one, other, {{TagField::mood, {}}}), "g differs");
    other.fields.erase(other.fields.begin());
    EXPECT_EQ(first_difference(one, other, {{TagField::genre, {}}}), "a is missing");
    EXPECT_EQ(first_difference(other, one, {{TagField::genre, {}}}), "b is missing");
    other = one;
    other.fields.push_back({"c", "3", {}});
    EXPECT_EQ(first_difference(one, other, {}), "c is new");
}

TEST(FileSource, reads_regular_files_only) {
    const TemporaryFolder folder;
    EXPECT_EQ(FileSource(folder.write("a", "text")).read(1, 2), "ex");
    EXPECT_THROW(FileSource(folder.path() / "none"), Error);
    EXPECT_THROW(FileSource{folder.path()}, Error);
}

}  // namespace
}  // namespace earmark::metadata
