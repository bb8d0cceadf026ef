// `earmark dataset check`: what it prints and returns.
#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/program/fixture.h"

namespace earmark {
namespace {

using testing::HasSubstr;
using Json = nlohmann::json;

std::string sample(const std::string& name) { return std::string(EARMARK_SAMPLES_DIR) + "/" + name; }

class DatasetCheckTest : public testing::Test {
protected:
    void write(const std::string& lines) const { folder_.write("manifest.tsv", "path\tsplit\ttags\tartist\n" + lines); }

    Outcome check(std::vector<std::string> arguments = {}, const Surroundings& surroundings = {}) const {
        arguments.insert(arguments.begin(), {"dataset", "check", folder_.path().string()});
        return run_earmark(arguments, surroundings);
    }

    // Pieces of the project, one of which is in two splits by an artist who is, too; and a file that is missing.
    void write_faulty_set() const {
        write(sample("rock-band.mp3") + "\ttrain\tgenre---Rock\tBand\n" + sample("techno.ogg") +
              "\ttrain\tgenre---Techno,mood---Dark\tSynth\n" + path("none.mp3") + "\ttrain\tgenre---Rock\tNobody\n" +
              path("copy.flac") + "\ttest\tgenre---Techno\tsynth\n");
        std::filesystem::copy_file(sample("techno.ogg"), path("copy.flac"));
    }
    std::string path(const std::string& name) const { return (folder_.path() / name).string(); }

    TemporaryFolder folder_;
};

TEST_F(DatasetCheckTest, of_a_good_set_prints_clips_and_hours_of_each_tag_and_split) {
    write(sample("rock-band.mp3") + "\ttrain\tgenre---Rock\tBand\n" + sample("techno.ogg") +
          "\ttest\tgenre---Techno\t\n");
    const Outcome outcome = check();
    EXPECT_EQ(outcome.exit_status, 0);
    EXPECT_EQ(outcome.err, "");
    EXPECT_EQ(outcome.out,
              "tag                        all           train            test\n"
              "genre---Rock        1   0.01 h      1   0.01 h      0   0.00 h\n"
              "genre---Techno      1   0.01 h      0   0.00 h      1   0.01 h\n"
              "all                 2   0.02 h      1   0.01 h      1   0.01 h\n"
              "\n"
              "cannot be used   0\n"
              "damaged          0\n"
              "too short        0\n"
              "silent           0\n"
              "equal clips      0 groups, 0 of them across splits\n"
              "near duplicates  0 pairs, 0 of them across splits\n"
              "shared artists   0 in more than one split\n");
}

TEST_F(DatasetCheckTest, names_bad_files_with_their_lines_and_continues) {
    write_faulty_set();
    const Outcome outcome = check();
    EXPECT_EQ(outcome.exit_status, 1);
    EXPECT_EQ(outcome.err, "earmark: " + path("manifest.tsv") + ":4: " + path("none.mp3") + ": no such file\n");
    EXPECT_THAT(outcome.out, HasSubstr("cannot be used   1\n"));
    EXPECT_THAT(outcome.out, HasSubstr("equal clips      1 group, 1 of them across splits\n  " + sample("techno.ogg") +
                                       " (train) = " + path("copy.flac") + " (test)\n"));
    EXPECT_THAT(outcome.out, HasSubstr("shared artists   1 in more than one split\n  Synth: test 1, train 1\n"));
}

TEST_F(DatasetCheckTest, gives_everything_as_json) {
    write_faulty_set();
    const Outcome outcome = check({"--format", "json"});
    EXPECT_EQ(outcome.exit_status, 1);
    const Json json = Json::parse(outcome.out);
    EXPECT_EQ(json["clips"], 4);
    EXPECT_EQ(json["checked"], 4);
    EXPECT_EQ(json["usable"]["clips"], 3);
    EXPECT_EQ(json["splits"]["train"]["clips"], 2);
    EXPECT_EQ(json["tags"][0]["tag"], "Techno");
    EXPECT_EQ(json["tags"][0]["category"], "genre");
    EXPECT_EQ(json["tags"][0]["splits"]["test"]["clips"], 1);
    EXPECT_EQ(json["faults"].size(), 1U);
    EXPECT_EQ(json["faults"][0]["fault"], "unusable");
    EXPECT_EQ(json["faults"][0]["line"], 4);
    EXPECT_EQ(json["equal_clips"][0]["across_splits"], true);
    EXPECT_EQ(json["equal_clips"][0]["clips"][1]["path"], path("copy.flac"));
    EXPECT_EQ(json["near_duplicates"], Json::array());
    EXPECT_EQ(json["shared_artists"][0]["clips"], (Json{{"test", 1}, {"train", 1}}));
}

TEST_F(DatasetCheckTest, reports_near_duplicates_across_splits) {
    // The piece without its first seconds, encoded anew.
    const std::string command =
        "ffmpeg -nostdin -v error -ss 4 -i '" + sample("rock-band.mp3") + "' -ac 1 -b:a 48k '" + path("part.mp3") + "'";
    ASSERT_EQ(std::system(command.c_str()), 0);
    write(sample("rock-band.mp3") + "\ttrain\tx\t\n" + path("part.mp3") + "\tvalid\tx\t\n");
    const Outcome outcome = check();
    EXPECT_EQ(outcome.exit_status, 1);
    EXPECT_THAT(outcome.out, HasSubstr("near duplicates  1 pair, 1 of them across splits\n"));
    EXPECT_THAT(outcome.out, HasSubstr("(train) ~ " + path("part.mp3") + " (valid): "));
}

TEST_F(DatasetCheckTest, does_not_report_copies_within_a_split) {
    std::filesystem::copy_file(sample("techno.ogg"), path("copy.ogg"));
    write(sample("techno.ogg") + "\ttrain\tx\tA\n" + path("copy.ogg") + "\ttrain\tx\tA\n");
    const Outcome outcome = check();
    EXPECT_EQ(outcome.exit_status, 0);
    EXPECT_THAT(outcome.out, HasSubstr("equal clips      1 group, 0 of them across splits\n"));
}

TEST_F(DatasetCheckTest, does_not_depend_on_the_number_of_jobs) {
    write_faulty_set();
    EXPECT_EQ(check({"--format", "json", "--jobs", "1"}).out, check({"--format", "json", "--jobs", "5"}).out);
}

TEST_F(DatasetCheckTest, an_interrupt_ends_it_with_what_is_done) {
    std::string lines;
    for (int i = 0; i < 3000; ++i) {
        std::filesystem::create_symlink(sample("techno.ogg"), path(std::to_string(i) + ".ogg"));
        lines += std::to_string(i) + ".ogg\ttrain\tx\t\n";
    }
    write(lines);
    Surroundings interrupted;
    interrupted.launcher = {"/usr/bin/timeout", "--foreground", "--preserve-status", "-s", "INT", "1"};
    const Outcome outcome = check({"--format", "json", "--jobs", "1"}, interrupted);
    EXPECT_EQ(outcome.exit_status, 1);
    EXPECT_THAT(outcome.err, HasSubstr("earmark: stopped: "));
    EXPECT_THAT(outcome.err, HasSubstr(" of 3000 clips checked, duplicates were not looked for\n"));
    const Json json = Json::parse(outcome.out);
    EXPECT_LT(json["checked"], 3000);
    EXPECT_TRUE(json["equal_clips"].is_null()) << "not looked for is not the same as none";
}

TEST_F(DatasetCheckTest, of_no_data_set_ends_with_status_2) {
    const Outcome outcome = check();
    EXPECT_EQ(outcome.exit_status, 2);
    EXPECT_EQ(outcome.out, "");
    EXPECT_THAT(outcome.err, is_one_line_about(folder_.path().string() + ": has no manifest.tsv; "));
}

}  // namespace
}  // namespace earmark
