#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>

#include "tests/program/fixture.h"

namespace earmark {
namespace {

class OutputTest : public ProgramTest {
protected:
    std::vector<std::vector<std::string>> calls() {
        song("data/a.flac");
        folder_.write("data/manifest.tsv", "path\tsplit\ttags\na.flac\ttest\tgenre---Rock\n");
        std::vector<std::vector<std::string>> calls{{"--help"},
                                                    {"--version"},
                                                    {"tag", "--help"},
                                                    {"model", "info", model()},
                                                    {"model", "verify", model()},
                                                    {"evaluate", "--model", model(), "--data", path("data")}};
        for (const char* format : {"text", "json", "jsonl", "csv"})
            calls.push_back({"tag", "--model", model(), "--format", format, path("data/a.flac")});
        return calls;
    }
};

TEST_F(OutputTest, that_cannot_be_written_is_an_error_of_one_line) {
    if (!std::filesystem::exists("/dev/full")) GTEST_SKIP() << "/dev/full is absent";
    for (const std::vector<std::string>& call : calls()) {
        const Outcome outcome = run_earmark(call, {.standard_output = "/dev/full"});
        EXPECT_EQ(outcome.exit_status, 2) << call.back();
        EXPECT_EQ(outcome.err, "earmark: standard output: cannot be written: No space left on device\n") << call.back();
    }
}

TEST_F(OutputTest, that_cannot_be_written_ends_a_batch) {
    if (!std::filesystem::exists("/dev/full")) GTEST_SKIP() << "/dev/full is absent";
    const Outcome outcome = tag({song("a.flac"), path("none.mp3")}, {.standard_output = "/dev/full"});
    EXPECT_EQ(outcome.exit_status, 2);
    EXPECT_EQ(outcome.err, "earmark: standard output: cannot be written: No space left on device\n");
}

// As with `--plan *.mp3`, where a shell gives the first song to the option.
TEST_F(OutputTest, is_never_written_over_music) {
    const std::string music = song("a.flac");
    const auto size = std::filesystem::file_size(music);
    for (const std::vector<std::string>& call : {std::vector<std::string>{"write-tags", music, "--plan", music},
                                                 {"library", "search", "calm", "--out", music},
                                                 {"library", "export", "--format", "csv", "--out", music},
                                                 {"taggram", music, "--format", "csv", "--out", music},
                                                 {"explain", music, "--format", "json", "--out", music},
                                                 {"embed", music, "--out", music},
                                                 {"spectrogram", music, "--format", "npy", "--out", music}}) {
        const Outcome outcome = run_earmark(call);
        EXPECT_EQ(outcome.exit_status, 2) << call.front();
        EXPECT_THAT(outcome.err, testing::HasSubstr("expected a name without the ending of an audio file"));
        EXPECT_EQ(std::filesystem::file_size(music), size) << call.front();
    }
}

// As in `earmark tag ... | head -1`.
TEST_F(OutputTest, whose_reader_left_ends_the_program_in_silence) {
    for (const std::vector<std::string>& call : calls()) {
        const Outcome outcome = run_earmark(call, {.to_reader_that_left = true});
        EXPECT_EQ(outcome.exit_status, 128 + SIGPIPE) << call.back();
        EXPECT_EQ(outcome.err, "") << call.back();
    }
}

}  // namespace
}  // namespace earmark
