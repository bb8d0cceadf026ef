#include <gtest/gtest.h>

#include "tests/program/fixture.h"

namespace earmark {
namespace {

struct BadModel {
    const char* name;
    std::string (*damaged)(std::string bytes);
    const char* problem;  ///< how the message goes on after the path
};

void PrintTo(const BadModel& model, std::ostream* stream) { *stream << model.name; }

class BadModelTest : public ProgramTest, public testing::WithParamInterface<BadModel> {
protected:
    std::string bad_model() const {
        return folder_.write("bad.earmark", GetParam().damaged(read_text(model()))).string();
    }
};

TEST_P(BadModelTest, ends_every_command_with_one_line) {
    const std::string bad = bad_model();
    folder_.write("manifest.tsv", "path\tsplit\ttags\n" + song("song.flac") + "\ttest\tgenre---Rock\n");
    const std::vector<std::vector<std::string>> commands{{"tag", "--model", bad, path("song.flac")},
                                                         {"evaluate", "--model", bad, "--data", path("")},
                                                         {"model", "info", bad},
                                                         {"model", "verify", bad}};
    for (const std::vector<std::string>& command : commands) {
        const Outcome outcome = run_earmark(command);
        EXPECT_EQ(outcome.exit_status, 2) << command[0];
        EXPECT_EQ(outcome.out, "") << command[0];
        EXPECT_THAT(outcome.err, is_one_line_about(bad + ": " + GetParam().problem)) << command[0];
    }
}

std::string with_version(std::string bytes, char version) {
    const std::string key = R"("format_version":")";
    bytes.at(bytes.find(key) + key.size()) = version;
    return bytes;
}

const BadModel bad_models[] = {
    {"of_a_newer_format_version", [](std::string bytes) { return with_version(std::move(bytes), '9'); },
     "format version 9 is newer than this program reads (5); update Earmark"},
    {"of_a_version_that_never_was", [](std::string bytes) { return with_version(std::move(bytes), '0'); },
     "__metadata__.format_version is \"0\""},
    {"cut_in_the_middle", [](std::string bytes) { return bytes.substr(0, bytes.size() / 2); }, ""},
    {"with_a_word_of_the_description_changed",
     [](std::string bytes) { return bytes.replace(bytes.find("threshold"), 9, "treshhold"); }, "the file is damaged: "},
    {"empty", [](std::string) { return std::string(); }, "not an Earmark model: "},
    {"text", [](std::string) { return std::string("These are words.\n"); }, "not an Earmark model: "},
};

INSTANTIATE_TEST_SUITE_P(Each, BadModelTest, testing::ValuesIn(bad_models),
                         [](const auto& instance) { return std::string(instance.param.name); });

TEST_F(BadModelTest, that_is_missing_starts_nothing) {
    for (const char* command : {"info", "verify"}) {
        const Outcome outcome = run_earmark({"model", command, path("none.earmark")});
        EXPECT_EQ(outcome.exit_status, 2) << command;
        EXPECT_EQ(outcome.err, "earmark: " + path("none.earmark") + ": no such file\n");
    }
    const Outcome outcome = run_earmark({"tag", "--model", path("none.earmark"), song("song.flac")});
    EXPECT_EQ(outcome.exit_status, 2);
    EXPECT_EQ(outcome.out, "");
    EXPECT_EQ(outcome.err, "earmark: " + path("none.earmark") + ": no such file\n");
}

TEST_F(BadModelTest, that_is_a_folder_is_named) {
    const Outcome outcome = run_earmark({"tag", "--model", folder_.path(), song("song.flac")});
    EXPECT_EQ(outcome.exit_status, 2);
    EXPECT_EQ(outcome.err, "earmark: " + folder_.path().string() + ": is a folder: expected a file\n");
}

}  // namespace
}  // namespace earmark
