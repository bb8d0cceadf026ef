// `earmark teach`: what can be told before anything is learned.
#include <gmock/gmock.h>

#include "tests/program/fixture.h"

namespace earmark {
namespace {

using testing::HasSubstr;

class TeachTest : public ProgramTest {
protected:
    Outcome teach(const std::string& source, const Surroundings& surroundings = {}) const {
        return run_earmark({"teach", model(), source, "--out", path("taught.earmark"), "--folds", "3"}, surroundings);
    }
};

TEST_F(TeachTest, takes_a_table_of_the_current_folder) {
    song("a.flac");
    folder_.write("table.csv", "path,tags\na.flac,Calm\n");
    const Outcome outcome = teach("table.csv", {.launcher = {"env", "-C", path("")}});
    EXPECT_EQ(outcome.exit_status, 2);
    EXPECT_EQ(outcome.err, "earmark: table.csv: expected two tags at least, or clips without the tag as well\n");
}

TEST_F(TeachTest, of_too_few_clips_names_the_folder_of_the_user) {
    for (const char* name : {"mine/calm/a.flac", "mine/wild/b.flac"}) song(name);
    const Outcome outcome = teach(path("mine"));
    EXPECT_EQ(outcome.exit_status, 2);
    EXPECT_EQ(outcome.err, "earmark: " + path("mine") + ": expected at least 6 clips, found 2\n");
}

}  // namespace
}  // namespace earmark
