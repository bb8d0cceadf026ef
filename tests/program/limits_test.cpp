// Limits of `earmark tag`, and how it ends while a worker waits.
#include <sys/stat.h>

#include "tests/program/fixture.h"

namespace earmark {
namespace {

using testing::HasSubstr;

class Limits : public ProgramTest {};

// The last pipe is opened by the worker that has done the song: then the program gets a signal to end.
TEST_F(Limits, do_not_keep_a_worker_that_waits_for_a_pipe_from_ending_and_the_other_results_are_printed) {
    for (const std::string name : {"first.wav", "last.wav"}) ASSERT_EQ(mkfifo(path(name).c_str(), 0600), 0);
    const std::string script =
        "\"$@\" & program=$!; exec 9> '" + path("last.wav") + "'; kill -TERM $program; wait $program";
    const Outcome outcome =
        tag({"--jobs", "2", "--format", "jsonl", path("first.wav"), song("song.wav"), path("last.wav")},
            {.launcher = {"sh", "-c", script, "sh"}});
    EXPECT_EQ(outcome.exit_status, 1);
    EXPECT_THAT(lines_of(outcome.out), testing::ElementsAre(HasSubstr("song.wav")));
    EXPECT_EQ(outcome.err, "earmark: stopped: 1 of 3 files are done\n");
}

TEST_F(Limits, of_the_duration_leave_the_rest_of_a_file_out) {
    const Outcome outcome = tag({"--max-duration", "0.5", "--format", "jsonl", song("song.wav")});
    EXPECT_EQ(outcome.exit_status, 0);
    EXPECT_THAT(outcome.out, HasSubstr("\"duration_s\":0.5,"));
    EXPECT_EQ(outcome.err, "earmark: " + path("song.wav") + ": warning: only the first 0.5 s were used\n");
}

// A WAV file with two million chunks of nothing before its audio: they take some 0.1 s to pass over.
std::string wav_of_many_chunks() {
    using namespace std::string_literals;
    std::string bytes = "RIFF\xff\xff\xff\x7fWAVEfmt \x10\0\0\0\1\0\1\0"s + "\x22\x56\0\0\x44\xac\0\0\2\0\x10\0"s;
    for (int i = 0; i < 2'000'000; ++i) bytes += "junk\0\0\0\0"s;
    return bytes + "data\x04\0\0\0\1\0\1\0"s;
}

TEST_F(Limits, of_the_time_give_a_line_that_names_the_limit) {
    folder_.write("slow.wav", wav_of_many_chunks());
    const Outcome outcome = tag({"--time-limit", "0.01", path("slow.wav"), song("song.wav")});
    EXPECT_EQ(outcome.exit_status, 1);
    EXPECT_EQ(outcome.err, "earmark: " + path("slow.wav") + ": opening it took more than 0.01 s of processor time\n");
    EXPECT_THAT(outcome.out, HasSubstr("song.wav"));
}

TEST_F(Limits, are_numbers) {
    const std::string file = song("song.wav");
    for (const std::string option : {"--max-duration", "--time-limit"}) {
        for (const std::string value : {"-1", "nan", "ten"}) {
            const Outcome outcome = tag({option, value, file});
            EXPECT_EQ(outcome.exit_status, 2) << option << value;
            EXPECT_THAT(outcome.err, HasSubstr(option + ": expected a number of at least 0"));
        }
    }
    EXPECT_EQ(tag({"--max-duration", "0", file}).exit_status, 2);
}

// Sanitizers reserve terabytes of addresses.
bool can_limit_memory() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    return false;
#else
    return true;
#endif
}

TEST_F(Limits, of_memory_give_one_line_and_no_crash) {
    if (!can_limit_memory()) GTEST_SKIP() << "not under a sanitizer";
    const std::string file = song("song.wav");
    for (int limit_kb = 260'000; limit_kb <= 420'000; limit_kb += 20'000) {
        const std::string script = "ulimit -v " + std::to_string(limit_kb) + " && exec \"$@\"";
        const Outcome outcome = tag({"--jobs", "1", file}, {.launcher = {"sh", "-c", script, "sh"}});
        if (outcome.exit_status == 0 || outcome.exit_status == 127) continue;  // enough, or not even its libraries
        EXPECT_EQ(outcome.exit_status, 2) << limit_kb << " kB";
        EXPECT_EQ(lines_of(outcome.err).size(), 1U) << outcome.err;
        EXPECT_THAT(outcome.err, testing::ContainsRegex("not enough memory|Cannot allocate memory"));
    }
}

}  // namespace
}  // namespace earmark
