// `earmark library forget`: what is gone leaves the database, and what is there stays.
#include "tests/program/fixture.h"
#include "tests/program/library/fixture.h"

namespace earmark {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::UnorderedElementsAre;

class LibraryForgetTest : public LibraryProgramTest {
protected:
    // Of the six tracks, those are there whose files are.
    LibraryForgetTest() {
        for (const char* const name : {"a/so what", "b/song", "c/noise"})
            folder_.write("music/" + std::string(name) + ".mp3", "");
        execute("INSERT INTO root VALUES ('" + path("music") + "'), ('" + path("music/a") + "'), ('" +
                path("music/old") + "')");
    }

    void execute(const std::string& sql) { library_.database().execute(sql); }

    void miss(const std::string& name) {
        execute("UPDATE track SET is_missing = 1 WHERE path = '" + track(name) + "'");
    }

    std::vector<std::string> left() { return names_in(library("search", {"-calm or calm", "--top", "0"}).out); }

    std::int64_t count(const std::string& table) {
        return library_.database().integer("SELECT count(*) FROM " + table);
    }
};

TEST_F(LibraryForgetTest, removes_what_the_last_scan_missed_with_its_results) {
    miss("a/blue");
    miss("c/drone");
    const Outcome outcome = library("forget", {});
    EXPECT_EQ(outcome.exit_status, 0);
    EXPECT_EQ(outcome.out, "2 files forgotten, 4 kept\n");
    EXPECT_EQ(outcome.err, "");
    for (const char* const table : {"track", "audio", "analysis", "track_text"}) EXPECT_EQ(count(table), 4) << table;
    EXPECT_EQ(count("analysis_tag WHERE analysis_id NOT IN (SELECT id FROM analysis)"), 0);
    EXPECT_EQ(count("root"), 3);
    EXPECT_EQ(library("forget", {}).out, "0 files forgotten, 4 kept\n");
    EXPECT_EQ(library("search", {"blue"}).out, "");
}

TEST_F(LibraryForgetTest, removes_only_what_is_below_the_paths_and_gone) {
    miss("c/drone");
    const Outcome outcome = library("forget", {path("music/a"), path("music/b/ballad.mp3")});
    EXPECT_EQ(outcome.out, "2 files forgotten, 1 kept\n");
    EXPECT_EQ(count("track"), 4);
    EXPECT_EQ(count("track WHERE path = '" + track("c/drone") + "'"), 1);
    EXPECT_EQ(count("root"), 3) << "they are there, or not below";
}

TEST_F(LibraryForgetTest, scans_a_folder_no_more_that_is_gone) {
    std::filesystem::remove_all(path("music"));
    EXPECT_EQ(library("forget", {path("music")}).out, "6 files forgotten, 0 kept; 3 paths not scanned any more\n");
    EXPECT_EQ(count("track"), 0);
    EXPECT_EQ(count("root"), 0);
}

TEST_F(LibraryForgetTest, keeps_the_results_of_a_copy_that_is_there) {
    library_.add({.path = path("music/copy.mp3"), .embedding = {1, 0, 0}}, 1);
    miss("a/so what");
    EXPECT_EQ(library("forget", {}).out, "1 file forgotten, 6 kept\n");
    EXPECT_EQ(count("analysis"), 6);
}

TEST_F(LibraryForgetTest, reports_a_path_of_which_it_knows_nothing) {
    miss("c/drone");
    Outcome outcome = library("forget", {path("musik")});
    EXPECT_EQ(outcome.exit_status, 1);
    EXPECT_EQ(outcome.out, "") << "all that is missing was not asked for";
    EXPECT_EQ(outcome.err, "earmark: " + path("musik") + ": the library has no file there, and never had one\n");
    outcome = library("forget", {path("musik"), path("music/c")});
    EXPECT_EQ(outcome.exit_status, 1);
    EXPECT_EQ(outcome.out, "1 file forgotten, 1 kept\n");
}

TEST_F(LibraryForgetTest, needs_a_library) {
    const Outcome outcome = run_earmark({"library", "forget", "--db", path("none")});
    EXPECT_EQ(outcome.exit_status, 2);
    EXPECT_THAT(outcome.err, is_one_line_about(path("none") + ": no such file"));
}

}  // namespace
}  // namespace earmark
