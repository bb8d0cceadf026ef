#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include "tests/decode/test_support.h"

namespace earmark::test {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

Bytes text(const std::string& letters) { return bytes_of(std::vector<char>(letters.begin(), letters.end())); }

/// One line that starts with the name.
void expect_error(const Outcome& outcome, ErrorCode code, const std::string& name, const std::string& reason) {
    ASSERT_TRUE(outcome.failed);
    EXPECT_EQ(outcome.code, code);
    EXPECT_THAT(outcome.message, StartsWith(name + ": "));
    EXPECT_THAT(outcome.message, HasSubstr(reason));
    EXPECT_THAT(outcome.message, testing::Not(HasSubstr("\n")));
}

TEST(DecodeError, of_a_missing_file) {
    expect_error(try_decode(std::filesystem::path("no/such/song.mp3")), ErrorCode::not_found, "no/such/song.mp3",
                 "no such file");
}

TEST(DecodeError, of_a_file_taken_for_a_folder) {
    const TemporaryFile file("song.mp3", text("x"));
    expect_error(try_decode(file.path() / "inside.mp3"), ErrorCode::not_found, (file.path() / "inside.mp3").string(),
                 "no such file");
}

TEST(DecodeError, of_a_folder) {
    const TemporaryFile file("song.mp3", text("x"));
    const auto folder = file.path().parent_path();
    expect_error(try_decode(folder), ErrorCode::unreadable, folder.string(), "a folder");
}

TEST(DecodeError, of_a_link_to_itself) {
    const TemporaryFile file("song.mp3", text("x"));
    const auto link = file.path().parent_path() / "loop.mp3";
    std::filesystem::create_symlink(link, link);
    expect_error(try_decode(link), ErrorCode::unreadable, link.string(), "cannot be read");
}

TEST(DecodeError, of_a_file_without_permission) {
    if (::geteuid() == 0) GTEST_SKIP() << "root may read everything";
    const TemporaryFile file("song.mp3", text("x"));
    std::filesystem::permissions(file.path(), std::filesystem::perms::none);
    expect_error(try_decode(file.path()), ErrorCode::unreadable, file.path().string(), "ermission denied");
}

TEST(DecodeError, of_a_device) {
    expect_error(try_decode(std::filesystem::path("/dev/zero")), ErrorCode::unreadable, "/dev/zero", "neither a file");
}

TEST(DecodeError, of_an_empty_file) {
    const TemporaryFile file("song.mp3", {});
    expect_error(try_decode(file.path()), ErrorCode::not_audio, file.path().string(), "the file is empty");
}

TEST(DecodeError, of_no_bytes) { expect_error(try_decode(Bytes{}, "upload"), ErrorCode::not_audio, "upload", "empty"); }

class TextFile : public testing::TestWithParam<const char*> {};

TEST_P(TextFile, is_not_audio) {
    std::string letters;
    for (int line = 0; line < 100; ++line) letters += "This is a list of songs, line " + std::to_string(line) + "\n";
    const std::string name = std::string("song.") + GetParam();
    expect_error(try_decode(text(letters), name), ErrorCode::not_audio, name, "audio");
}

INSTANTIATE_TEST_SUITE_P(Named, TextFile,
                         testing::Values("mp3", "flac", "ogg", "opus", "wav", "m4a", "aac", "wma", "aiff", "txt",
                                         "nfo"));

TEST(DecodeError, of_text_does_not_name_a_format_for_terminals) {
    expect_error(try_decode(text("# A list of songs\n"), "song.txt"), ErrorCode::not_audio, "song.txt",
                 "not audio of any format");
}

TEST(DecodeError, of_subtitles_reports_that_there_is_no_audio) {
    expect_error(try_decode(text("1\n00:00:01,000 --> 00:00:02,000\nLa la la\n\n"), "song.srt"), ErrorCode::not_audio,
                 "song.srt", "has no audio");
}

class Film : public testing::TestWithParam<const char*> {};

TEST_P(Film, without_sound_has_no_audio_in_it) {
    const auto path = golden_file(GetParam());
    expect_error(try_decode(path), ErrorCode::not_audio, path.string(), "has no audio");
}

INSTANTIATE_TEST_SUITE_P(Containers, Film, testing::Values("silent_film.mp4", "silent_film.mkv"));

TEST(DecodeError, of_random_bytes) {
    for (const char* name : {"noise", "noise.wav", "noise.flac", "noise.ogg"}) {
        expect_error(try_decode(Noise().bytes(50000), name), ErrorCode::not_audio, name, "not audio of any format");
    }
}

TEST(DecodeError, of_zeros_named_mp3) {
    const Outcome outcome = try_decode(Bytes(100000), "zeros.mp3");
    ASSERT_TRUE(outcome.failed);
    EXPECT_THAT(outcome.message, StartsWith("zeros.mp3: "));
}

TEST(DecodeError, of_a_damaged_header_names_the_format) {
    Bytes bytes = read_bytes(golden_file("coded.m4a"));
    bytes.resize(bytes.size() / 2);  // the header of this one is at the end
    expect_error(try_decode(bytes, "song.m4a"), ErrorCode::damaged_audio, "song.m4a", "QuickTime");
}

TEST(DecodeError, of_a_wav_without_samples) {
    expect_error(try_decode(wav_file({}), "song.wav"), ErrorCode::damaged_audio, "song.wav", "none of its audio");
}

TEST(DecodeError, of_a_wav_with_an_absurd_rate) {
    const Bytes bytes = wav_file(bytes_of(sine(440, 22050, 0.1)), {.sample_rate_hz = 2'000'000'000});
    expect_error(try_decode(bytes, "song.wav"), ErrorCode::damaged_audio, "song.wav", "");
}

TEST(DecodeError, of_a_wav_with_an_absurd_number_of_channels) {
    const Bytes bytes = wav_file(Bytes(60000), {.channel_count = 1000});
    expect_error(try_decode(bytes, "song.wav"), ErrorCode::damaged_audio, "song.wav", "");
}

TEST(DecodeError, of_a_playlist_that_names_a_song) {
    const std::string song = golden_file("coded.mp3").string();
    const Outcome hls = try_decode(
        text("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile://" + song + "\n#EXT-X-ENDLIST\n"), "list.m3u8");
    expect_error(hls, ErrorCode::not_audio, "list.m3u8", "a playlist");
    const Outcome concat = try_decode(text("ffconcat version 1.0\nfile '" + song + "'\n"), "list.ffconcat");
    expect_error(concat, ErrorCode::not_audio, "list.ffconcat", "a playlist");
}

TEST(DecodeError, is_silent_on_standard_error_once_ffmpeg_is_silenced) {
    silence_ffmpeg_messages();
    Bytes bytes = read_bytes(golden_file("long.flac"));
    for (std::size_t i = 2000; i < bytes.size(); i += 50) bytes[i] ^= std::byte{0xff};
    testing::internal::CaptureStderr();
    try_decode(bytes, "damaged.flac");
    try_decode(text("nothing"), "text.mp3");
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

}  // namespace
}  // namespace earmark::test
