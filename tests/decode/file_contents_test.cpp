#include "earmark/file_contents.h"

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <cstdlib>
#include <set>
#include <string>

#include "base/content_digest.h"
#include "decode/stated_fields.h"
#include "tests/decode/test_support.h"
#include "tests/support/temporary_folder.h"

namespace earmark::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

int run(const std::string& command) {
    const int status = std::system((command + " 2> /dev/null").c_str());  // NOLINT(cert-env33-c,concurrency-mt-unsafe)
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

const std::string python = "/usr/bin/python3";  // the one that has Debian's mutagen

bool has_mutagen() { return run(python + " -c 'import mutagen'") == 0; }
int retag(const std::filesystem::path& file) {
    return run(python + " '" EARMARK_SOURCE_DIR "/tests/decode/retag.py' '" + file.string() + "' > /dev/null");
}

std::string message_of(ErrorCode code, const std::filesystem::path& path, const std::stop_token& stop = {}) {
    try {
        read_file_contents(path, stop);
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), code) << error.what();
        return error.what();
    }
    return "no error";
}

class AudioDigest : public testing::TestWithParam<std::string> {};

// What `ffmpeg -c copy` writes are the packets.
TEST_P(AudioDigest, is_that_of_the_packets_that_ffmpeg_copies) {
    const TemporaryFolder folder;
    const std::filesystem::path packets = folder.path() / "packets";
    const std::string ignored = GetParam().ends_with(".m4a") ? "-ignore_editlist 1 " : "";
    const int status = run("ffmpeg -v error " + ignored + "-i '" + golden_file(GetParam()).string() +
                           "' -map 0:a:0 -c copy -f data '" + packets.string() + "' < /dev/null");
    if (status == 127) GTEST_SKIP() << "ffmpeg is missing";
    ASSERT_EQ(status, 0);
    ContentDigest digest;
    digest.add(read_bytes(packets));
    EXPECT_EQ(audio_digest(golden_file(GetParam())), digest.text());
}

TEST_P(AudioDigest, stays_when_a_tagger_writes) {
    if (!has_mutagen()) GTEST_SKIP() << "python3-mutagen is missing";
    const TemporaryFolder folder;
    const std::filesystem::path file = folder.path() / GetParam();
    std::filesystem::copy_file(golden_file(GetParam()), file);
    const int status = retag(file);
    if (status == 3) GTEST_SKIP() << "mutagen does not write this format";
    ASSERT_EQ(status, 0);
    ASSERT_NE(read_bytes(file), read_bytes(golden_file(GetParam())));
    const FileContents contents = read_file_contents(file);
    EXPECT_EQ(contents.audio_digest, audio_digest(golden_file(GetParam())));
    EXPECT_EQ(retag(file), 0);  // a second time
    EXPECT_EQ(audio_digest(file), contents.audio_digest);
}

TEST_P(AudioDigest, comes_with_the_fields_that_a_tagger_wrote) {
    if (!has_mutagen()) GTEST_SKIP() << "python3-mutagen is missing";
    const TemporaryFolder folder;
    const std::filesystem::path file = folder.path() / GetParam();
    std::filesystem::copy_file(golden_file(GetParam()), file);
    if (retag(file) != 0) GTEST_SKIP() << "mutagen does not write this format";
    const StatedFields fields = read_file_contents(file).fields;
    EXPECT_EQ(fields.title, "Début");
    EXPECT_EQ(fields.artist, "Artist");
    EXPECT_EQ(fields.album, "Album");
    EXPECT_EQ(fields.album_artist, "Album artist");
    EXPECT_EQ(fields.year, 2004);
    const bool has_no_ufid = GetParam().ends_with(".aiff") || GetParam().ends_with(".wav");  // not at the start
    EXPECT_EQ(fields.musicbrainz_recording_id, has_no_ufid ? "" : "aaaaaaaa-1111-2222-3333-444444444444");
    EXPECT_EQ(fields.musicbrainz_release_id, "bbbbbbbb-1111-2222-3333-444444444444");
    EXPECT_EQ(fields.musicbrainz_artist_id, "cccccccc-1111-2222-3333-444444444444");
}

INSTANTIATE_TEST_SUITE_P(Formats, AudioDigest,
                         testing::Values("coded.aac", "coded.ac3", "coded.aiff", "coded.caf", "coded.flac", "coded.m4a",
                                         "coded.mka", "coded.mp3", "coded.oga", "coded.ogg", "coded.opus", "coded.spx",
                                         "coded.w64", "coded.webm", "coded.wma", "coded.wv", "coded_front.m4a",
                                         "coded_s16.wav", "coded_s24.wav", "cover.mp3", "long.mp3", "surround.flac"),
                         [](const auto& format) {
                             std::string name = format.param;
                             for (char& letter : name) letter = letter == '.' ? '_' : letter;
                             return name;
                         });

TEST(FileContents, of_a_stream_do_not_depend_on_the_tags_around_it) {
    const TemporaryFolder folder;
    for (const char* const name : {"free_format.mp3", "coded.aac", "coded.ac3", "coded.mp3", "coded.flac"}) {
        const Bytes music = read_bytes(golden_file(name));
        const std::string id3("ID3\4\0\0\0\0\0\5\0\0\0\0\0", 15);
        const std::string id3v1 = "TAG" + std::string(125, ' ');
        const std::string stream(reinterpret_cast<const char*>(music.data()), music.size());
        EXPECT_EQ(audio_digest(folder.write(name, id3 + stream + id3v1)), audio_digest(golden_file(name))) << name;
    }
}

TEST(FileContents, are_not_those_of_other_audio) {
    std::set<std::string> digests;
    const std::vector<std::string> names{
        "coded.aac",    "coded.ac3", "coded.aiff", "coded.flac",    "coded.m4a",          "coded.mka",
        "coded.mp3",    "coded.ogg", "coded.opus", "coded.spx",     "coded.wma",          "coded.wv",
        "coded_u8.wav", "long.mp3",  "long.flac",  "surround.flac", "coded_no_length.mp3"};
    for (const std::string& name : names) EXPECT_TRUE(digests.insert(audio_digest(golden_file(name))).second) << name;
}

TEST(FileContents, have_one_digest_for_the_same_packets_in_another_container) {
    EXPECT_EQ(audio_digest(golden_file("coded.mp3")), audio_digest(golden_file("coded.avi")));
    EXPECT_EQ(audio_digest(golden_file("coded.flac")), audio_digest(golden_file("coded.oga")));
}

TEST(FileContents, have_the_duration_that_the_file_declares) {
    const FileContents contents = read_file_contents(golden_file("long.flac"));
    ASSERT_TRUE(contents.duration_s.has_value());
    EXPECT_NEAR(*contents.duration_s, *AudioReader(golden_file("long.flac")).declared_duration_s(), 1e-6);
}

TEST(FileContents, are_errors_for_what_is_no_audio) {
    const TemporaryFolder folder;
    EXPECT_THAT(message_of(ErrorCode::not_found, folder.path() / "no.mp3"),
                StartsWith((folder.path() / "no.mp3").string()));
    EXPECT_THAT(message_of(ErrorCode::not_audio, folder.write("text.mp3", "no music")), HasSubstr("text.mp3: "));
    EXPECT_THAT(message_of(ErrorCode::not_audio, folder.write("empty.mp3", "")), HasSubstr("empty"));
    EXPECT_THAT(message_of(ErrorCode::unreadable, folder.path()), HasSubstr("folder"));
    EXPECT_THAT(message_of(ErrorCode::not_audio, golden_file("silent_film.mp4")), HasSubstr("no audio"));
    const TemporaryFile no_samples("no_samples.wav", wav_file({}));
    EXPECT_THAT(message_of(ErrorCode::damaged_audio, no_samples.path()),
                AllOf(StartsWith(no_samples.path().string() + ": "), HasSubstr("no audio")));
    const std::filesystem::path pipe = folder.path() / "pipe";
    ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
    EXPECT_THAT(message_of(ErrorCode::unreadable, pipe), HasSubstr("pipe"));
}

TEST(FileContents, end_when_they_are_no_longer_wanted) {
    std::stop_source stop;
    stop.request_stop();
    EXPECT_THAT(message_of(ErrorCode::canceled, golden_file("long.flac"), stop.get_token()), HasSubstr("canceled"));
}

TEST(StatedText, is_utf8_of_bounded_length) {
    EXPECT_EQ(decode::stated_text("  Caf\xE9 \n"), "Café");
    EXPECT_EQ(decode::stated_text("Café"), "Café");
    EXPECT_EQ(decode::stated_text(" \t"), "");
    std::string text(999, 'x');
    EXPECT_EQ(decode::stated_text(text + "é"), text);
    EXPECT_EQ(decode::stated_text(text + "yz"), text + "y");
}

TEST(StatedYear, is_the_first_one) {
    EXPECT_EQ(decode::stated_year("2004-05-01"), 2004);
    EXPECT_EQ(decode::stated_year("1 May 1969"), 1969);
    EXPECT_EQ(decode::stated_year("0000"), std::nullopt);
    EXPECT_EQ(decode::stated_year("199"), std::nullopt);
    EXPECT_EQ(decode::stated_year("99999999999999"), std::nullopt);
    EXPECT_EQ(decode::stated_year(""), std::nullopt);
}

}  // namespace
}  // namespace earmark::test
