#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/program/evaluate_fixture.h"

namespace earmark {
namespace {

using Json = nlohmann::json;

class EvaluateProblemsTest : public EvaluateTest {};

TEST_F(EvaluateProblemsTest, of_a_split_without_clips_lists_the_splits) {
    const Outcome outcome = evaluate({"--split", "tset"});
    EXPECT_EQ(outcome.exit_status, 2);
    EXPECT_EQ(outcome.out, "");
    EXPECT_EQ(outcome.err, "earmark: " + path("manifest.tsv") +
                               ": expected clips of the split 'tset', found none; --split takes: all, test, valid\n");
}

TEST_F(EvaluateProblemsTest, names_a_missing_file_with_its_line_and_measures_the_others) {
    write_manifest(std::string(project_pieces) + "none.mp3\ttest\tgenre---Rock\n");
    const Outcome outcome = evaluate({"--format", "json"});
    EXPECT_EQ(outcome.exit_status, 1);
    EXPECT_EQ(outcome.err, "earmark: " + manifest_line(7) + "none.mp3: no such file\n");
    const Json json = Json::parse(outcome.out);
    EXPECT_EQ(json["clips"], 3);
    EXPECT_EQ(json["problems"], Json({manifest_line(7) + "none.mp3: no such file"}));
}

TEST_F(EvaluateProblemsTest, a_signal_to_end_is_one_line_and_no_scores) {
    std::string lines = "path\tsplit\ttags\n";
    for (int i = 0; i < 3000; ++i) {
        const std::string name = std::to_string(i) + ".ogg";
        std::filesystem::create_symlink(EARMARK_SAMPLES_DIR "/techno.ogg", path(name));
        lines += name + "\ttest\tera---80s\n";
    }
    write_manifest(lines);
    for (const char* signal : {"INT", "TERM"}) {
        Surroundings interrupted;
        interrupted.launcher = {"/usr/bin/timeout", "--foreground", "--preserve-status", "-s", signal, "1"};
        const Outcome outcome = evaluate({"--format", "json", "--jobs", "1"}, interrupted);
        EXPECT_EQ(outcome.exit_status, 1) << signal;
        EXPECT_EQ(outcome.out, "") << signal;
        EXPECT_THAT(outcome.err, testing::MatchesRegex(
                                     "earmark: stopped: [0-9]+ of 3000 clips tagged, and no scores are printed\n"));
    }
}

TEST_F(EvaluateProblemsTest, ignores_missing_files_of_other_splits) {
    write_manifest(std::string(project_pieces) + "none.mp3\ttrain\tgenre---Rock\n");
    const Outcome outcome = evaluate({});
    EXPECT_EQ(outcome.exit_status, 0);
    EXPECT_EQ(outcome.err, "");
}

TEST_F(EvaluateProblemsTest, names_a_file_that_is_no_audio_with_its_line) {
    folder_.write("words.mp3", "These are words, not music.\n");
    write_manifest(std::string(project_pieces) + "words.mp3\ttest\tgenre---Rock\n");
    const Outcome outcome = evaluate({});
    EXPECT_EQ(outcome.exit_status, 1);
    EXPECT_EQ(outcome.err,
              "earmark: " + manifest_line(7) + path("words.mp3") + ": not audio of any format that FFmpeg knows\n");
    EXPECT_THAT(outcome.out, testing::HasSubstr("\n3 clips of "));
}

TEST_F(EvaluateProblemsTest, of_files_that_are_all_missing_is_an_error) {
    write_manifest("path\tsplit\ttags\nnone.mp3\ttest\tgenre---Rock\n");
    const Outcome outcome = evaluate({});
    EXPECT_EQ(outcome.exit_status, 2);
    EXPECT_EQ(outcome.out, "");
    EXPECT_EQ(outcome.err, "earmark: " + manifest_line(2) + "none.mp3: no such file\nearmark: " + path("manifest.tsv") +
                               ": no clip of the split 'test' can be used\n");
}

TEST_F(EvaluateProblemsTest, of_a_folder_that_is_missing_or_has_no_manifest_starts_nothing) {
    std::filesystem::create_directory(path("empty"));
    const Outcome missing = run_earmark({"evaluate", "--model", model(), "--data", path("none")});
    EXPECT_EQ(missing.exit_status, 2);
    EXPECT_EQ(missing.err, "earmark: " + path("none") + ": no such folder\n");
    const Outcome empty = run_earmark({"evaluate", "--model", model(), "--data", path("empty")});
    EXPECT_EQ(empty.exit_status, 2);
    EXPECT_THAT(empty.err, is_one_line_about(path("empty") + ": has no manifest.tsv; expected a data set; "));
}

TEST_F(EvaluateProblemsTest, of_clips_without_any_tag_of_the_model_is_an_error_that_shows_one_of_each) {
    write_manifest("path\tsplit\ttags\nSAMPLES/jazz-trio.wav\ttest\tgenre---Jazz\n");
    const Outcome outcome = evaluate({});
    EXPECT_EQ(outcome.exit_status, 2);
    EXPECT_EQ(outcome.out, "");
    EXPECT_THAT(outcome.err, is_one_line_about(path("manifest.tsv") + ": expected tags of the model '"));
    EXPECT_THAT(outcome.err, testing::EndsWith("such as 'genre---Rock', found tags such as 'genre---Jazz'\n"));
}

TEST_F(EvaluateProblemsTest, names_a_tag_that_is_spelled_unlike_the_models_own) {
    write_manifest(
        "path\tsplit\ttags\nSAMPLES/rock-band.mp3\ttest\tgenre---rock,era---80s\n"
        "SAMPLES/jazz-trio.wav\ttest\tgenre---Jazz\n");
    const Outcome outcome = evaluate({});
    EXPECT_EQ(outcome.exit_status, 0);
    EXPECT_EQ(outcome.err, "earmark: " + path("manifest.tsv") +
                               ": 'genre---rock' counts as another tag than the model's 'genre---Rock'\n");
}

TEST_F(EvaluateProblemsTest, looks_for_tags_in_the_split_alone) {
    write_manifest(
        "path\tsplit\ttags\nSAMPLES/rock-band.mp3\ttest\tgenre---rock,era---80s\n"
        "SAMPLES/jazz-trio.wav\ttrain\tgenre---Rock\n");
    EXPECT_THAT(evaluate({}).err,
                testing::HasSubstr("'genre---rock' counts as another tag than the model's 'genre---Rock'"));
}

TEST_F(EvaluateProblemsTest, names_the_line_of_a_manifest_that_is_wrong) {
    write_manifest("path\tsplit\ttags\nsong.mp3\ttest\n");
    const Outcome outcome = evaluate({});
    EXPECT_EQ(outcome.exit_status, 2);
    EXPECT_THAT(outcome.err, is_one_line_about(manifest_line(2) + "expected 3 TAB-separated fields"));
}

}  // namespace
}  // namespace earmark
