// Many files side by side.
#include <gmock/gmock.h>

#include "tests/program/fixture.h"

namespace earmark {
namespace {

using testing::HasSubstr;

class BatchTest : public ProgramTest {
protected:
    /// Ten songs of different lengths, the third of which is none.
    std::vector<std::string> songs() const {
        std::vector<std::string> paths;
        for (const char* name : {"coded.flac", "coded.mp3", "none", "long.mp3", "coded.ogg", "coded.m4a", "coded.wma",
                                 "coded_s16.wav", "long.flac", "tone_8000.wav"}) {
            paths.push_back(recording(name));
        }
        return paths;
    }

    Outcome tag_with(const std::string& format, const std::string& jobs) const {
        std::vector<std::string> arguments = songs();
        arguments.insert(arguments.end(), {"--format", format, "--jobs", jobs, "--plain"});  // some are short
        return tag(arguments);
    }
};

TEST_F(BatchTest, number_of_jobs_does_not_change_results_or_their_order) {
    for (const char* format : {"text", "json", "jsonl", "csv"}) {
        const Outcome one = tag_with(format, "1");
        EXPECT_EQ(one.exit_status, 1) << format;
        EXPECT_THAT(one.err, is_one_line_about(recording("none")));
        for (const char* jobs : {"2", "4", "100"}) {
            const Outcome several = tag_with(format, jobs);
            EXPECT_EQ(several.out, one.out) << format << " with " << jobs;
            EXPECT_EQ(several.err, one.err) << format << " with " << jobs;
            EXPECT_EQ(several.exit_status, one.exit_status);
        }
    }
}

TEST_F(BatchTest, results_are_in_the_order_of_the_inputs) {
    const std::vector<std::string> lines = lines_of(tag_with("jsonl", "4").out);
    const std::vector<std::string> paths = songs();
    ASSERT_EQ(lines.size(), paths.size());
    for (std::size_t i = 0; i < paths.size(); ++i) EXPECT_THAT(lines[i], HasSubstr(paths[i]));
}

TEST_F(BatchTest, stops_when_results_cannot_be_written) {
    std::vector<std::string> arguments = songs();
    arguments.insert(arguments.end(), {"--jobs", "4"});
    Surroundings full;
    full.standard_output = "/dev/full";
    EXPECT_EQ(tag(arguments, full).exit_status, 2);
}

class Interrupt : public BatchTest, public testing::WithParamInterface<const char*> {};

TEST_P(Interrupt, ends_it_cleanly_with_what_is_done) {
    // More work than fits into the time, so that it is stopped in the middle on any machine. Without --foreground,
    // timeout would send the signal twice, and the second one ends the program at once.
    std::vector<std::string> arguments(20'000, recording("long.mp3"));
    arguments.insert(arguments.end(), {"--format", "json", "--jobs", "2"});
    Surroundings interrupted;
    interrupted.launcher = {"/usr/bin/timeout", "--foreground", "--preserve-status", "-s", GetParam(), "1"};
    const Outcome outcome = tag(arguments, interrupted);
    EXPECT_EQ(outcome.exit_status, 1);
    EXPECT_THAT(outcome.err, HasSubstr("of 20000 files are done"));
    EXPECT_THAT(outcome.out, testing::EndsWith("]\n"));
}

INSTANTIATE_TEST_SUITE_P(Batch, Interrupt, testing::Values("INT", "TERM", "HUP"),
                         [](const auto& signal) { return signal.param; });

TEST_F(BatchTest, a_closed_terminal_ends_it_cleanly_although_it_signals_twice) {
    std::vector<std::string> arguments(20'000, recording("long.mp3"));
    arguments.insert(arguments.end(), {"--format", "json", "--jobs", "1"});
    Surroundings closed;
    // Not before it catches signal 1, the lowest bit, however slow the machine is; also where nohup started this test.
    const std::string wait =
        "until grep -q '^SigCgt:.*[13579bdf]$' /proc/$!/status || ! kill -0 $!; do sleep 0.1; done";
    const std::string hang_up = "for i in 1 2 3 4 5 6 7 8; do kill -HUP $!; done";
    closed.launcher = {"/usr/bin/env",
                       "--default-signal=HUP",
                       "/bin/sh",
                       "-c",
                       "\"$@\" & " + wait + "; sleep 0.5; " + hang_up + "; wait $!",
                       "sh"};
    const Outcome outcome = tag(arguments, closed);
    EXPECT_EQ(outcome.exit_status, 1);
    EXPECT_THAT(outcome.out, testing::EndsWith("]\n"));
}

TEST_F(BatchTest, a_closed_terminal_does_not_end_what_nohup_started) {
    std::vector<std::string> arguments(1000, recording("long.mp3"));
    arguments.insert(arguments.end(), {"--format", "json", "--jobs", "1"});
    Surroundings closed;
    closed.launcher = {"/bin/sh", "-c", "trap '' HUP; \"$@\" & sleep 0.5; kill -HUP $!; wait $!", "sh"};
    const Outcome outcome = tag(arguments, closed);
    EXPECT_EQ(outcome.exit_status, 0) << outcome.err;
    EXPECT_THAT(outcome.out, testing::EndsWith("]\n"));
}

TEST_F(BatchTest, a_precision_that_is_none_is_refused) {
    const Outcome wrong = tag({recording("long.mp3"), "--precision", "f16"});
    EXPECT_EQ(wrong.exit_status, 2);
    EXPECT_THAT(wrong.err, HasSubstr("--precision"));
}

}  // namespace
}  // namespace earmark
