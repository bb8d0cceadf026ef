#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "apps/common/inputs.h"
#include "tests/program/fixture.h"

namespace earmark {
namespace {

using Json = nlohmann::json;
using testing::ElementsAre;

// Which files `earmark tag` takes, and in which order.
class InputListTest : public ProgramTest {
protected:
    std::vector<std::string> tagged(std::vector<std::string> arguments, const std::string& standard_input = "",
                                    const std::string& messages = "") const {
        arguments.insert(arguments.begin(), {"--format", "jsonl"});
        const Outcome outcome = tag(arguments, {.standard_input = standard_input});
        EXPECT_EQ(outcome.exit_status, 0);
        EXPECT_EQ(outcome.err, messages);
        std::vector<std::string> paths;
        for (const std::string& line : lines_of(outcome.out)) paths.push_back(Json::parse(line)["path"]);
        return paths;
    }
};

TEST_F(InputListTest, a_folder_gives_the_audio_files_below_it_sorted) {
    song("music/b.flac");
    song("music/a.FLAC");
    song("music/c/z.mp3");
    song("music/c/a.wav");
    folder_.write("music/cover.jpg", "not opened");
    folder_.write("music/c/list.m3u", "not opened");
    EXPECT_THAT(tagged({path("music")}, "", "earmark: " + path("music") + ": passed over 2 files: 1 .jpg, 1 .m3u\n"),
                ElementsAre(path("music/a.FLAC"), path("music/b.flac"), path("music/c/a.wav"), path("music/c/z.mp3")));
}

TEST_F(InputListTest, a_folder_is_searched_with_linked_folders_and_without_hidden_ones) {
    song("elsewhere/film.mkv");
    song("music/.trash/a.wav");
    song("music/._b.wav");
    song("music/b.webm");
    std::filesystem::create_directory_symlink(path("elsewhere"), path("music/link"));
    std::filesystem::create_directory_symlink(path("elsewhere"), path("music/link2"));
    std::filesystem::create_directory_symlink(path("music"), path("music/loop"));
    EXPECT_THAT(tagged({path("music")}, "",
                       "earmark: " + path("music") +
                           ": passed over 1 file and 3 folders: 2 repeated folders, 1 hidden, 1 hidden folder\n"),
                ElementsAre(path("music/b.webm"), path("music/link/film.mkv")));
}

TEST_F(InputListTest, a_folder_may_have_videos_without_audio_and_other_files_with_their_endings) {
    song("music/a.mp4");
    std::filesystem::copy_file(recording("silent_film.mp4"), path("music/b.mp4"));
    folder_.write("music/code.ts", "export const answer: number = 42;\n");
    EXPECT_THAT(tagged({path("music")}, "", "earmark: passed over 2 videos without audio\n"),
                ElementsAre(path("music/a.mp4")));
    const Outcome named = tag({path("music/b.mp4")});
    EXPECT_EQ(named.exit_status, 1);
    EXPECT_EQ(named.err, "earmark: " + path("music/b.mp4") + ": has no audio\n");
}

TEST(Inputs, are_not_looked_for_after_a_stop) {
    const TemporaryFolder folder;
    folder.write("music/a.mp3", "x");
    std::stop_source stop;
    Inputs inputs({folder.path().string()}, false);
    EXPECT_FALSE(inputs.count());
    stop.request_stop();
    EXPECT_FALSE(inputs.find(stop.get_token()));
    EXPECT_FALSE(inputs.count());
    Inputs others({folder.path().string()}, false);
    EXPECT_TRUE(others.find({}));
    EXPECT_EQ(others.count(), 1U);
}

TEST_F(InputListTest, a_dash_reads_a_list_from_standard_input) {
    const std::string list = song("b.flac") + "\n\n" + song("a.flac") + "\r\n" + song("last.flac");
    EXPECT_THAT(tagged({"-"}, list), ElementsAre(path("b.flac"), path("a.flac"), path("last.flac")));
}

TEST_F(InputListTest, a_list_may_be_separated_by_nul_bytes_with_and_without_the_option) {
    const std::string two_lines = song("two\nlines.flac");
    const std::string list = song("b.flac") + '\0' + two_lines + '\0' + song("a.flac") + '\0';
    EXPECT_THAT(tagged({"-"}, list), ElementsAre(path("b.flac"), two_lines, path("a.flac")));
    EXPECT_THAT(tagged({"--null", "-"}, list), ElementsAre(path("b.flac"), two_lines, path("a.flac")));
    EXPECT_THAT(tagged({"--null", "-"}, two_lines), ElementsAre(two_lines));
}

TEST_F(InputListTest, audio_instead_of_a_list_gives_one_message) {
    const std::string message =
        "earmark: standard input: expected paths, found audio or other binary data; to read a file from a pipe, name "
        "/dev/stdin\n";
    for (const char* name : {"a.mp3", "a.wav", "a.flac", "a.ogg", "a.m4a", "a.mkv"}) {
        std::ifstream stream(song(name), std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
        const Outcome outcome = tag({"-"}, {.standard_input = bytes});
        EXPECT_EQ(outcome.exit_status, 2) << name;
        EXPECT_EQ(outcome.err, message) << name;
    }
}

TEST_F(InputListTest, a_list_that_starts_with_a_file_may_have_several_nul_bytes_in_a_row) {
    const std::string list = song("b.flac") + '\0' + '\0' + song("a.flac") + '\0';
    EXPECT_THAT(tagged({"-"}, list), ElementsAre(path("b.flac"), path("a.flac")));
}

// Not one of the tests that the preset tsan runs: it takes the text of an exception, which libstdc++ shares between
// threads with a count of its own, for a data race.
class EmptyPathTest : public InputListTest {};

TEST_F(EmptyPathTest, is_named_as_one) {
    const Outcome outcome = tag({"", song("a.flac")});
    EXPECT_EQ(outcome.exit_status, 1);
    EXPECT_EQ(outcome.err, "earmark: the empty path '': no such file\n");
}

TEST_F(InputListTest, an_empty_list_gives_no_results_and_a_message) {
    const std::string message = "earmark: standard input: no paths were in it\n";
    EXPECT_THAT(tagged({"-"}, "", message), ElementsAre());
    EXPECT_THAT(tagged({"-"}, "\n\n", message), ElementsAre());
    EXPECT_EQ(tag({"--format", "json", "-"}, {.standard_input = ""}).out, "[]\n");
}

// The second line comes only after the result of the first one was printed.
TEST_F(InputListTest, a_list_is_worked_on_while_it_comes_in) {
    const std::string script =
        "mkfifo \"$0/go\"; { echo \"$1\"; read go <\"$0/go\"; echo \"$2\"; } | \"$3\" tag --model \"$4\" "
        "--format jsonl - | while read -r line; do echo \"$line\"; [ -e \"$0/went\" ] || { "
        "touch \"$0/went\"; echo go >\"$0/go\"; }; done";
    Surroundings shell;
    shell.launcher = {"/usr/bin/timeout", "100",          "/bin/sh",       "-c",   script, folder_.path().string(),
                      song("a.flac"),     song("b.flac"), EARMARK_PROGRAM, model()};
    const std::vector<std::string> lines = lines_of(run_earmark({}, shell).out);
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_EQ(Json::parse(lines[0])["path"], path("a.flac"));
    EXPECT_EQ(Json::parse(lines[1])["path"], path("b.flac"));
}

TEST_F(InputListTest, an_interrupt_ends_the_waiting_for_the_next_line) {
    // The list stays open; the signal comes after the first result.
    const std::string script =
        "cd \"$0\"; mkfifo list out; { echo \"$1\"; exec sleep 1000; } >list & feeder=$!; "
        "\"$2\" tag --model \"$3\" --format jsonl - <list >out & program=$!; "
        "{ read -r line; echo \"$line\"; kill -TERM $program; cat; } <out; "
        "wait $program; echo \"status $?\"; kill $feeder";
    Surroundings shell;
    shell.launcher = {"/bin/sh", "-c", script, folder_.path().string(), song("a.flac"), EARMARK_PROGRAM, model()};
    const Outcome outcome = run_earmark({}, shell);
    const std::vector<std::string> lines = lines_of(outcome.out);
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_EQ(Json::parse(lines[0])["path"], path("a.flac"));
    EXPECT_EQ(lines[1], "status 1");
    EXPECT_EQ(outcome.err, "earmark: stopped after 1 file\n");
}

TEST_F(InputListTest, a_list_may_contain_folders_and_come_between_files) {
    song("music/a.flac");
    const std::string first = song("first.flac");
    const std::string last = song("last.flac");
    EXPECT_THAT(tagged({first, "-", last}, path("music") + "\n"), ElementsAre(first, path("music/a.flac"), last));
}

TEST_F(InputListTest, an_ending_does_not_matter_for_a_file_that_is_named) {
    EXPECT_THAT(tagged({song("song.without.ending.of.music")}), ElementsAre(path("song.without.ending.of.music")));
}

TEST_F(InputListTest, names_may_have_spaces_and_letters_of_all_scripts) {
    const std::string name = song("Björk – 真夜中 mit 'Quote' & more .flac");
    EXPECT_THAT(tagged({name}), ElementsAre(name));
    EXPECT_THAT(tagged({"-"}, name + "\n"), ElementsAre(name));
}

TEST_F(InputListTest, names_may_start_with_a_dash_after_two_dashes_also_behind_others) {
    const Outcome several = tag({path("a.mp3"), "--top", "1", "--", "-b.mp3", "--", path("c.mp3"), "tag"});
    EXPECT_EQ(several.exit_status, 1);
    EXPECT_EQ(several.err, "earmark: " + path("a.mp3") +
                               ": no such file\nearmark: -b.mp3: no such file\nearmark: --: no such file\nearmark: " +
                               path("c.mp3") + ": no such file\nearmark: tag: no such file\n");
    const Outcome outcome = tag({"--", "--none.mp3"});
    EXPECT_EQ(outcome.exit_status, 1);
    EXPECT_EQ(outcome.err, "earmark: --none.mp3: no such file\n");
}

TEST_F(InputListTest, names_may_hold_bytes_that_are_not_utf8_and_json_stays_valid) {
    const std::string name = song("caf\xe9 \xff.flac");
    EXPECT_THAT(tagged({name}), ElementsAre(path("caf\ufffd \ufffd.flac")));
    const Outcome outcome = tag({"--format", "json", path("\xff.mp3")});
    EXPECT_EQ(outcome.exit_status, 1);
    EXPECT_EQ(Json::parse(outcome.out)["error"], "no such file");
    EXPECT_EQ(outcome.err, "earmark: " + path("\uFFFD.mp3") + ": no such file\n");
}

TEST_F(InputListTest, every_sample_of_the_project_is_tagged) { EXPECT_EQ(tagged({EARMARK_SAMPLES_DIR}).size(), 6U); }

TEST_F(InputListTest, the_environment_names_a_model_as_the_option_does) {
    const auto info = [](const std::string& named) {
        return run_earmark({"model", "info"}, {.environment = {"EARMARK_MODEL=" + named}});
    };
    EXPECT_EQ(info(model()).out, run_earmark({"model", "info", model()}).out);
    EXPECT_EQ(info("nope").err,
              "earmark: EARMARK_MODEL: nope: no such file, and no installed model: default, free or paper\n");
    EXPECT_EQ(info("defalt").err, "earmark: EARMARK_MODEL: defalt: no such file; did you mean 'default'?\n");
    EXPECT_EQ(info("/none/x.earmark").err, "earmark: EARMARK_MODEL: /none/x.earmark: no such file\n");
    for (const char* name : {"default", "free", "paper"}) {
        if (!std::filesystem::exists(EARMARK_SOURCE_DIR "/models/" + std::string(name) + ".earmark")) continue;
        EXPECT_EQ(info(name).out, run_earmark({"model", "info", name}).out);
        EXPECT_EQ(info(name).exit_status, 0);
    }
}

TEST_F(InputListTest, without_a_model_the_default_one_is_used) {
    if (!std::filesystem::exists(EARMARK_SOURCE_DIR "/models/default.earmark"))
        GTEST_SKIP() << "models/default.earmark is absent";
    const std::string name = song("song.flac");
    const std::string model = EARMARK_SOURCE_DIR "/models/default.earmark";
    const Outcome without = run_earmark({"tag", "--format", "json", name});
    EXPECT_EQ(without.exit_status, 0);
    const Outcome with = run_earmark({"tag", "--format", "json", "--model", model, name});
    EXPECT_EQ(without.out, with.out);
    EXPECT_EQ(run_earmark({"tag", "--format", "json", "--model", "default", name}).out, with.out);
    EXPECT_EQ(run_earmark({"model", "info", "default"}).out, run_earmark({"model", "info", model}).out);
}

}  // namespace
}  // namespace earmark
