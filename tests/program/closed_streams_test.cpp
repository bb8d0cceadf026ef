// Programs that are started with a closed standard stream, as by `2>&-` or by a service manager.
#include <gmock/gmock.h>

#include "tests/program/fixture.h"
#ifdef EARMARK_TESTS_TRAINING
#include "tests/training/support/synthetic_dataset.h"
#endif

namespace earmark {
namespace {

using testing::HasSubstr;

class ClosedStreams : public ProgramTest {
protected:
    // `closed` is a redirection of the shell. What hangs is ended.
    static Surroundings with(const std::string& closed) {
        return {.launcher = {"bash", "-c", "exec timeout 1400 \"$@\" " + closed, "bash"}};
    }
};

TEST_F(ClosedStreams, standard_error_does_not_write_into_the_files_of_the_program) {
    const std::string name = song("song.flac");
    const Outcome outcome = tag({name, path("none.mp3"), "--format", "jsonl"}, with("2>&-"));
    EXPECT_EQ(outcome.exit_status, 1);
    EXPECT_EQ(outcome.out, tag({name, path("none.mp3"), "--format", "jsonl"}).out);
    EXPECT_EQ(outcome.err, "");
}

TEST_F(ClosedStreams, standard_output_is_an_error_as_before) {
    const Outcome outcome = tag({song("song.flac")}, with(">&-"));
    EXPECT_EQ(outcome.exit_status, 2);
    EXPECT_THAT(outcome.err, HasSubstr("standard output: cannot be written"));
}

TEST_F(ClosedStreams, standard_input_is_no_list_of_paths) {
    const Outcome outcome = tag({"-"}, with("<&-"));
    EXPECT_EQ(outcome.exit_status, 2);
    EXPECT_THAT(outcome.err, is_one_line_about("standard input"));
}

#ifdef EARMARK_TESTS_TRAINING
// The lock file of the log-mel cache had the number of standard error, got the messages, and teach waited for ever.
TEST_F(ClosedStreams, teach_works_without_standard_error) {
    std::size_t count = 0;  // each song is another one: copies would stay in one fold
    for (const char* tag : {"calm", "wild"}) {
        std::filesystem::create_directories(folder_.path() / "mine" / tag);
        for (const char* name : {"a.wav", "b.wav", "c.wav"})
            write_wav(folder_.path() / "mine" / tag / name, synthetic_samples(4, ++count, 0.5));
    }
    const Outcome outcome =
        run_earmark({"teach", model(), path("mine"), "--out", path("taught.earmark"), "--folds", "3"}, with("2>&-"));
    EXPECT_EQ(outcome.exit_status, 0);
    EXPECT_GT(std::filesystem::file_size(path("taught.earmark")), 1000U);
}
#endif

}  // namespace
}  // namespace earmark
