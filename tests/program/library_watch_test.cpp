// `earmark library watch`: new files are analyzed without being asked for.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <functional>
#include <thread>

#include "apps/library/folder_watch.h"
#include "catalogue/catalogue.h"
#include "tests/program/fixture.h"

namespace earmark {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds quiet{20};
constexpr milliseconds patience{60'000};

TEST(FolderWatch, hears_of_files_in_folders_old_and_new) {
    const TemporaryFolder folder;
    folder.write("old/a.mp3", "a");
    FolderWatch watch;
    EXPECT_TRUE(watch.add(folder.path()));
    EXPECT_FALSE(watch.wait(quiet, milliseconds(100), {}));
    folder.write("old/b.mp3", "b");
    EXPECT_TRUE(watch.wait(quiet, patience, {}));
    folder.write("new/c.mp3", "c");
    EXPECT_TRUE(watch.wait(quiet, patience, {}));
    folder.write("new/d.mp3", "d");
    EXPECT_TRUE(watch.wait(quiet, patience, {}));
    std::filesystem::rename(folder.path() / "old/a.mp3", folder.path() / "old/e.mp3");
    EXPECT_TRUE(watch.wait(quiet, patience, {}));
    std::filesystem::remove(folder.path() / "old/e.mp3");
    EXPECT_TRUE(watch.wait(quiet, patience, {}));
    EXPECT_FALSE(watch.wait(quiet, milliseconds(100), {}));
}

TEST(FolderWatch, hears_of_files_in_folders_that_links_lead_to) {
    const TemporaryFolder folder;
    const TemporaryFolder elsewhere;
    elsewhere.write("album/a.mp3", "a");
    folder.write("b.mp3", "b");
    std::filesystem::create_directory_symlink(elsewhere.path(), folder.path() / "linked");
    std::filesystem::create_directory_symlink(folder.path(), elsewhere.path() / "back");  // a circle
    FolderWatch watch;
    EXPECT_TRUE(watch.add(folder.path()));
    EXPECT_FALSE(watch.wait(quiet, milliseconds(100), {}));
    elsewhere.write("album/c.mp3", "c");
    EXPECT_TRUE(watch.wait(quiet, patience, {}));
}

TEST(FolderWatch, does_not_hear_of_hidden_folders) {
    const TemporaryFolder folder;
    folder.write(".Trash-1000/a.mp3", "a");
    FolderWatch watch;
    watch.add(folder.path());
    folder.write(".Trash-1000/b.mp3", "b");
    EXPECT_FALSE(watch.wait(quiet, milliseconds(100), {}));
}

TEST(FolderWatch, ends_when_it_is_asked_to) {
    const TemporaryFolder folder;
    FolderWatch watch;
    watch.add(folder.path());
    std::stop_source stop;
    stop.request_stop();
    EXPECT_FALSE(watch.wait(quiet, patience, stop.get_token()));
}

class LibraryWatchTest : public ProgramTest {
protected:
    std::string query(const std::string& sql) const {
        try {
            return catalogue::Catalogue(path("library.db"), {catalogue::OpenMode::read, {}}).database().text(sql);
        } catch (const Error&) {  // it is being made
            return "";
        }
    }

    bool becomes(const std::string& sql, const std::string& result) const {
        const auto end = std::chrono::steady_clock::now() + patience;
        while (query(sql) != result) {
            if (std::chrono::steady_clock::now() > end) return false;
            std::this_thread::sleep_for(milliseconds(20));
        }
        return true;
    }
};

TEST_F(LibraryWatchTest, analyzes_what_comes_until_it_is_stopped) {
    song("music/a.flac");
    Surroundings surroundings;
    surroundings.launcher = {"/bin/sh", "-c", "echo $$ > '" + path("pid") + "'; exec \"$@\"", "sh"};
    Outcome outcome;
    std::thread watch([&] {
        outcome = run_earmark({"library", "watch", path("music"), "--db", path("library.db"), "--model", model(),
                               "--quiet", "0.1", "--interval", "0.01"},
                              surroundings);
    });
    EXPECT_TRUE(becomes("SELECT count(*) FROM track WHERE state = 'current'", "1"));
    std::filesystem::create_directory(path("music/new"));
    std::filesystem::copy_file(recording("long.mp3"), path("music/new/b.mp3"));
    EXPECT_TRUE(becomes("SELECT count(*) FROM track WHERE state = 'current'", "2"));
    std::filesystem::remove(path("music/a.flac"));
    EXPECT_TRUE(becomes("SELECT count(*) FROM track WHERE is_missing", "1"));
    kill(std::stoi(read_text(path("pid"))), SIGINT);
    watch.join();
    EXPECT_THAT(outcome.out, testing::HasSubstr("1 file analyzed"));
    EXPECT_EQ(outcome.exit_status, 0) << outcome.err;
}

TEST_F(LibraryWatchTest, does_not_wait_for_a_folder_that_nobody_has_seen) {
    const Outcome outcome =
        run_earmark({"library", "watch", path("musik"), "--db", path("library.db"), "--model", model()});
    EXPECT_EQ(outcome.exit_status, 2);
    EXPECT_EQ(outcome.out, "");
    EXPECT_EQ(outcome.err,
              "earmark: " + path("musik") + ": no such file or folder, and the library has no file there\n");
    EXPECT_FALSE(std::filesystem::exists(path("library.db")));
}

}  // namespace
}  // namespace earmark
