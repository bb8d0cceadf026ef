// What docs/command-line.md promises of the commands that work on what a scan has found. Those without a library, or
// with one that cannot be used, are in unusable_database_test.cpp.
#include <gtest/gtest.h>

#include "tests/program/library/fixture.h"

namespace earmark {
namespace {

class LibraryExitStatusTest : public LibraryProgramTest {
protected:
    int status(const std::string& command, const std::vector<std::string>& arguments) const {
        return library(command, arguments).exit_status;
    }
};

TEST_F(LibraryExitStatusTest, is_0_when_all_is_done) {
    folder_.write("rules.toml", "[[playlist]]\nname = \"list\"\nsearch = \"jazz\"\n");
    EXPECT_EQ(status("search", {"jazz"}), 0);
    EXPECT_EQ(status("search", {"none-of-them"}), 0);
    EXPECT_EQ(status("similar", {"1"}), 0);
    EXPECT_EQ(status("path", {"1", "6"}), 0);
    EXPECT_EQ(status("mix", {path("rules.toml")}), 0);
    EXPECT_EQ(status("stats", {}), 0);
    EXPECT_EQ(status("export", {}), 0);
    EXPECT_EQ(status("forget", {}), 0);
}

TEST_F(LibraryExitStatusTest, is_1_when_a_seed_cannot_be_used) {
    folder_.write("empty.m3u8", "#EXTM3U\n");
    EXPECT_EQ(status("similar", {path("empty.m3u8"), "1"}), 1);
}

TEST_F(LibraryExitStatusTest, is_2_when_nothing_can_start) {
    folder_.write("wrong.toml", "[[playlist]]\n");
    EXPECT_EQ(status("search", {"jazz and"}), 2);
    EXPECT_EQ(status("path", {"1", "77"}), 2);
    EXPECT_EQ(status("mix", {path("wrong.toml")}), 2);
    EXPECT_EQ(status("export", {"--out", path("none/library.csv")}), 2);
}

}  // namespace
}  // namespace earmark
