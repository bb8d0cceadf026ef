#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "apps/common/one_value.h"
#include "tests/program/fixture.h"

namespace earmark {
namespace {

using testing::ElementsAre;

TEST(OneValue, leaves_what_follows_to_the_arguments_without_a_name) {
    CLI::App app;
    CLI::App* command = app.add_subcommand("command");
    std::vector<int> numbers;
    std::vector<std::string> paths;
    command->add_option("--numbers", numbers)->delimiter(',');
    command->add_option("PATH", paths);
    take_one_value_per_option(app);
    app.parse("command --numbers 1,2 a.mp3 --numbers=3 b.mp3 c.mp3 --numbers 4 d.mp3");
    EXPECT_THAT(numbers, ElementsAre(1, 2, 3, 4));
    EXPECT_THAT(paths, ElementsAre("a.mp3", "b.mp3", "c.mp3", "d.mp3"));
}

class OneValueTest : public ProgramTest {};

TEST_F(OneValueTest, lists_may_come_before_the_files) {
    const Outcome embed = run_earmark(
        {"embed", "--model", model(), "--format", "csv", "--levels", "1", song("a.flac"), path("none.mp3")});
    EXPECT_EQ(embed.err, "earmark: " + path("none.mp3") + ": no such file\n");
    EXPECT_EQ(lines_of(embed.out).size(), 2U);
    const Outcome plan = run_earmark(
        {"write-tags", "--model", model(), "--fields", "genre", path("none.mp3"), "--plan", path("a.plan")});
    EXPECT_EQ(plan.err.find("expected files or folders"), std::string::npos) << plan.err;
    EXPECT_NE(plan.err.find(path("none.mp3") + ": no such file"), std::string::npos) << plan.err;
}

}  // namespace
}  // namespace earmark
