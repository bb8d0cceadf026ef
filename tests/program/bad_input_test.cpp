#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/program/fixture.h"

namespace earmark {
namespace {

using Json = nlohmann::json;
namespace fs = std::filesystem;

struct BadInput {
    const char* name;
    void (*make)(const fs::path& path);
    const char* file;
    const char* problem;  ///< what follows the path in the message
};

void PrintTo(const BadInput& input, std::ostream* stream) { *stream << input.name; }

class BadInputTest : public ProgramTest, public testing::WithParamInterface<BadInput> {};

TEST_P(BadInputTest, gives_one_line_and_the_other_files_are_tagged) {
    const std::string bad = path(GetParam().file);
    GetParam().make(bad);
    const Outcome outcome = tag({"--format", "json", song("first.flac"), bad, song("last.flac")});

    EXPECT_EQ(outcome.exit_status, 1);
    EXPECT_EQ(outcome.err, "earmark: " + bad + GetParam().problem + "\n");
    const Json json = Json::parse(outcome.out);
    ASSERT_EQ(json.size(), 3U);
    EXPECT_EQ(json[0]["tags"].size(), 5U);
    EXPECT_EQ(json[1],
              Json({{"path", bad}, {"status", "error"}, {"error", std::string(GetParam().problem).substr(2)}}));
    EXPECT_EQ(json[2]["tags"].size(), 5U);
}

void write(const fs::path& path, const std::string& text) { std::ofstream(path) << text; }

void copy_of(const char* name, const fs::path& path) { fs::copy_file(recording(name), path); }

const BadInput bad_inputs[] = {
    {"missing_file", [](const fs::path&) {}, "none.mp3", ": no such file"},
    {"link_to_nothing", [](const fs::path& path) { fs::create_symlink("none.mp3", path); }, "link.mp3",
     ": no such file"},
    {"link_to_itself", [](const fs::path& path) { fs::create_symlink(path, path); }, "loop.mp3",
     ": cannot be read: Too many levels of symbolic links"},
    {"empty_file", [](const fs::path& path) { write(path, ""); }, "empty.mp3", ": the file is empty"},
    {"text_with_the_name_of_music", [](const fs::path& path) { write(path, "These are words, not music.\n"); },
     "words.mp3", ": not audio of any format that FFmpeg knows"},
    {"playlist", [](const fs::path& path) { write(path, "#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nsong.mp3\n"); },
     "list.m3u8", ": is a playlist; expected an audio file"},
    {"video_without_audio", [](const fs::path& path) { copy_of("silent_film.mp4", path); }, "film.mp4",
     ": has no audio"},
    {"folder_without_music",
     [](const fs::path& path) {
         fs::create_directory(path);
         write(path / "notes.txt", "words");
     },
     "folder", ": no audio files in this folder; passed over 1 file: 1 .txt"},
};

INSTANTIATE_TEST_SUITE_P(Each, BadInputTest, testing::ValuesIn(bad_inputs),
                         [](const auto& instance) { return std::string(instance.param.name); });

TEST_F(BadInputTest, a_model_among_the_files_is_named_with_its_option) {
    const Outcome outcome = tag({model(), song("song.flac"), "--format", "csv"});
    EXPECT_EQ(outcome.exit_status, 1);
    EXPECT_EQ(outcome.err, "earmark: " + model() + ": is a model file; name it with --model\n");
    EXPECT_THAT(outcome.out, testing::HasSubstr("song.flac"));
}

TEST_F(BadInputTest, a_model_that_is_missing_among_the_files_is_missing) {
    EXPECT_EQ(tag({path("none.earmark")}).err,
              "earmark: " + path("none.earmark") + ": no such file; a model is named with --model\n");
}

TEST_F(BadInputTest, the_word_for_the_default_model_is_named_with_its_option) {
    EXPECT_EQ(tag({"default", song("song.flac")}).err,
              "earmark: default: no such file; a model is named with --model\n");
}

TEST_F(BadInputTest, is_left_out_of_text_and_reported_on_standard_error) {
    const Outcome outcome = tag({path("none.mp3"), song("song.flac")});
    EXPECT_EQ(outcome.exit_status, 1);
    EXPECT_EQ(outcome.err, "earmark: " + path("none.mp3") + ": no such file\n");
    EXPECT_THAT(outcome.out, testing::StartsWith(path("song.flac") + "  0:02\n"));
}

TEST_F(BadInputTest, gives_a_line_for_each_file) {
    const Outcome outcome = tag({path("one.mp3"), path("two.mp3")});
    EXPECT_EQ(outcome.exit_status, 1);
    EXPECT_EQ(outcome.err,
              "earmark: " + path("one.mp3") + ": no such file\nearmark: " + path("two.mp3") + ": no such file\n");
}

TEST_F(BadInputTest, stays_one_line_when_its_name_has_line_ends_and_escapes) {
    const Outcome outcome = tag({path("a\nb\x1b[31m.mp3")});
    EXPECT_EQ(outcome.exit_status, 1);
    EXPECT_EQ(outcome.err, "earmark: " + path("a\\nb\\x1b[31m.mp3") + ": no such file\n");
}

TEST_F(BadInputTest, an_mp3_cut_in_the_middle_is_tagged_with_a_warning) {
    const std::string whole = read_text(EARMARK_SAMPLES_DIR "/rock-band.mp3");
    const std::string cut = folder_.write("cut.mp3", whole.substr(0, whole.size() / 2)).string();
    const Outcome outcome = tag({"--format", "json", cut});
    EXPECT_EQ(outcome.exit_status, 0);
    EXPECT_THAT(outcome.err, is_one_line_about(cut + ": warning: ends early: "));
    const Json json = Json::parse(outcome.out);
    EXPECT_THAT(json["warning"].get<std::string>(), testing::StartsWith("ends early: "));
    EXPECT_EQ(json["tags"].size(), 5U);
}

// Root may read everything: there, the program runs as nobody.
class UnreadableTest : public ProgramTest {
protected:
    void SetUp() override {
        if (getuid() != 0) return;
        nobody_.launcher = {"setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"};
        fs::permissions(folder_.path(), fs::perms::others_read | fs::perms::others_exec, fs::perm_options::add);
        if (run_earmark({"--version"}, nobody_).exit_status != 0) GTEST_SKIP() << "nobody cannot run the program";
    }

    Surroundings nobody_;
};

TEST_F(UnreadableTest, a_file_gives_one_line_and_the_others_are_tagged) {
    fs::permissions(song("secret.flac"), fs::perms::none);
    const Outcome outcome = tag({"--format", "json", path("secret.flac"), song("song.flac")}, nobody_);
    EXPECT_EQ(outcome.exit_status, 1);
    EXPECT_EQ(outcome.err, "earmark: " + path("secret.flac") + ": cannot be read: Permission denied\n");
    EXPECT_EQ(Json::parse(outcome.out)[1]["tags"].size(), 5U);
}

TEST_F(UnreadableTest, a_folder_gives_one_line_and_the_others_are_tagged) {
    song("secret/song.flac");
    fs::permissions(path("secret"), fs::perms::none);
    const Outcome outcome = tag({"--format", "json", path("secret"), song("song.flac")}, nobody_);
    fs::permissions(path("secret"), fs::perms::owner_all);
    EXPECT_EQ(outcome.exit_status, 1);
    EXPECT_EQ(outcome.err, "earmark: " + path("secret") + ": the folder cannot be read: Permission denied\n");
    EXPECT_EQ(Json::parse(outcome.out)[1]["tags"].size(), 5U);
}

TEST_F(UnreadableTest, a_folder_in_a_folder_gives_one_line_and_the_others_are_tagged) {
    song("music/a/song.flac");
    song("music/secret/song.flac");
    fs::permissions(path("music/secret"), fs::perms::none);
    const Outcome outcome = tag({"--format", "json", path("music")}, nobody_);
    fs::permissions(path("music/secret"), fs::perms::owner_all);
    EXPECT_EQ(outcome.exit_status, 1);
    EXPECT_EQ(outcome.err, "earmark: " + path("music/secret") + ": the folder cannot be read: Permission denied\n");
    EXPECT_EQ(Json::parse(outcome.out)[0]["tags"].size(), 5U);
}

TEST_F(UnreadableTest, a_model_file_gives_one_line) {
    fs::permissions(model(), fs::perms::none);
    const Outcome outcome = tag({song("song.flac")}, nobody_);
    EXPECT_EQ(outcome.exit_status, 2);
    EXPECT_EQ(outcome.err, "earmark: " + model() + ": cannot be read: Permission denied\n");
}

}  // namespace
}  // namespace earmark
