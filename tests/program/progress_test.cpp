// What `earmark tag` shows on a terminal while it works and at its end. `script` provides the terminal.
#include <gmock/gmock.h>

#include "tests/program/fixture.h"

namespace earmark {
namespace {

using testing::HasSubstr;
using testing::Not;

class ProgressTest : public ProgramTest {
protected:
    void SetUp() override {
        Surroundings call;
        call.launcher = {"/bin/sh", "-c", "script --version"};
        if (run_earmark({}, call).exit_status != 0) GTEST_SKIP() << "script (package bsdutils) is absent";
    }

    /// What a command line of a shell leaves on a terminal. In it, "$TAG" is `earmark tag` with the model.
    Outcome on_terminal(const std::string& command) const {
        Surroundings call;
        call.environment = {"TAG=" EARMARK_PROGRAM " tag --model " + model(), "SHELL=/bin/sh"};
        call.launcher = {"/usr/bin/timeout", "100", "/bin/sh", "-c", "script -qec \"$0\" /dev/null", command};
        Outcome outcome = run_earmark({}, call);
        std::string left;
        for (const std::string& line : lines_of(outcome.out)) left += after_last_removal(line) + "\n";
        outcome.out = left;
        return outcome;
    }

private:
    /// Of a line of a terminal, which ends with a carriage return.
    static std::string after_last_removal(std::string line) {
        static const std::string removal = "\r\x1b[K";
        if (line.ends_with('\r')) line.pop_back();
        const std::size_t last = line.rfind(removal);
        return last == std::string::npos ? line : line.substr(last + removal.size());
    }
};

TEST_F(ProgressTest, a_summary_comes_last_also_where_the_results_go_to_a_file) {
    const std::string files = song("a.flac") + " " + song("b.flac") + " " + path("none.mp3");
    const Outcome outcome = on_terminal("$TAG --format jsonl " + files + " > " + path("out"));
    EXPECT_EQ(outcome.exit_status, 1);
    EXPECT_THAT(outcome.out, HasSubstr("earmark: 2 files tagged, 1 failed, in "));
    EXPECT_THAT(lines_of(read_text(path("out"))), testing::SizeIs(3)) << "nothing of it is among the results";
}

TEST_F(ProgressTest, a_summary_counts_warnings) {
    const std::string whole = read_text(EARMARK_SAMPLES_DIR "/rock-band.mp3");
    const std::string cut = folder_.write("cut.mp3", whole.substr(0, whole.size() / 2)).string();
    const Outcome outcome = on_terminal("$TAG " + cut + " > " + path("out"));
    EXPECT_THAT(outcome.out, HasSubstr("earmark: 1 file tagged (1 with a warning), in "));
}

TEST_F(ProgressTest, a_single_result_on_the_terminal_needs_no_summary) {
    EXPECT_THAT(on_terminal("$TAG " + song("a.flac")).out, Not(HasSubstr("tagged")));
    EXPECT_THAT(on_terminal("$TAG " + path("a.flac") + " > " + path("out")).out, HasSubstr("1 file tagged, in "));
}

TEST_F(ProgressTest, nothing_is_shown_where_standard_error_is_no_terminal) {
    const Outcome outcome = on_terminal("$TAG " + song("a.flac") + " " + song("b.flac") + " 2> " + path("err"));
    EXPECT_EQ(read_text(path("err")), "");
    EXPECT_THAT(outcome.out, Not(HasSubstr("tagged")));
}

// The list is held open until the line was seen.
TEST_F(ProgressTest, a_line_shows_what_is_done_while_more_is_waited_for) {
    const std::string command = "{ echo " + song("a.flac") + "; cat " + path("go") + "; } | $TAG - > " + path("out");
    Surroundings call;
    call.environment = {"TAG=" EARMARK_PROGRAM " tag --model " + model(), "SHELL=/bin/sh"};
    call.launcher = {"/usr/bin/timeout",
                     "100",
                     "/bin/sh",
                     "-c",
                     "cd \"$0\"; mkfifo go; script -qefc \"$1\" screen >/dev/null & "
                     "until grep -q '1 file, ' screen; do sleep 0.05; done; : >go; wait $!",
                     folder_.path().string(),
                     command};
    EXPECT_EQ(run_earmark({}, call).exit_status, 0);
    EXPECT_THAT(read_text(path("screen")), HasSubstr("earmark: 1 file tagged, in "));
}

TEST_F(ProgressTest, a_message_never_shares_a_line_with_json) {
    const Outcome outcome = on_terminal("$TAG --format json " + song("a.flac") + " " + path("none.mp3"));
    EXPECT_THAT(outcome.out, HasSubstr("}\nearmark: " + path("none.mp3") + ": no such file\n"));
    EXPECT_THAT(outcome.out, HasSubstr("]\nearmark: 1 file tagged, 1 failed, in "));
}

TEST_F(ProgressTest, a_warning_never_shares_a_line_with_the_json_of_one_file) {
    const std::string whole = read_text(EARMARK_SAMPLES_DIR "/rock-band.mp3");
    const std::string cut = folder_.write("cut.mp3", whole.substr(0, whole.size() / 2)).string();
    EXPECT_THAT(on_terminal("$TAG --format json " + cut).out, HasSubstr("}\nearmark: " + cut + ": warning: "));
}

}  // namespace
}  // namespace earmark
