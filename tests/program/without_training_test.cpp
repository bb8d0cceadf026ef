// `earmark` where earmark-train is not installed.
#include <gmock/gmock.h>

#include "tests/program/fixture.h"

namespace earmark {
namespace {

using testing::HasSubstr;

class WithoutTraining : public testing::Test {
protected:
    WithoutTraining() { std::filesystem::copy_file(EARMARK_PROGRAM, folder_.path() / "earmark"); }

    Outcome run(const std::vector<std::string>& arguments) const {
        Surroundings alone;
        alone.environment = {"ALONE=" + (folder_.path() / "earmark").string()};
        alone.launcher = {"/bin/sh", "-c", R"(exec "$ALONE" "$@")"};  // the program of the build is $0
        return run_earmark(arguments, alone);
    }

    TemporaryFolder folder_;
};

TEST_F(WithoutTraining, help_of_analyze_describes_what_can_be_done) {
    for (const char* help : {"--help", "-h"}) {
        const Outcome outcome = run({"analyze", help});
        EXPECT_EQ(outcome.exit_status, 0) << outcome.err;
        EXPECT_THAT(outcome.out, HasSubstr("--show DIR"));
        EXPECT_THAT(outcome.out, HasSubstr("earmark analyze --show STUDY"));
    }
}

TEST_F(WithoutTraining, commands_that_train_name_what_to_install) {
    for (const char* command : {"train", "teach", "analyze"}) {
        const Outcome outcome = run({command, "paper"});
        EXPECT_EQ(outcome.exit_status, 2);
        EXPECT_EQ(outcome.out, "");
        EXPECT_THAT(outcome.err, is_one_line_about((folder_.path() / "earmark-train").string()));
        EXPECT_THAT(outcome.err, HasSubstr("'./earmark train --help' builds it"));
    }
}

}  // namespace
}  // namespace earmark
