#include "base/folder_lock.h"

#include <gmock/gmock.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <memory>

#include "base/leftover_files.h"
#include "base/write_file.h"
#include "earmark/error.h"
#include "tests/support/temporary_folder.h"

namespace earmark {
namespace {

using std::chrono::milliseconds;

TEST(FolderLock, is_had_by_one_at_a_time) {
    const TemporaryFolder folder;
    auto first = std::make_unique<FolderLock>(folder.path(), milliseconds(0));
    EXPECT_TRUE(first->is_held());
    EXPECT_FALSE(FolderLock(folder.path(), milliseconds(30)).is_held());
    first.reset();
    EXPECT_TRUE(FolderLock(folder.path(), milliseconds(0)).is_held());
}

TEST(FolderLock, of_a_process_that_was_killed_is_free) {
    const TemporaryFolder folder;
    const pid_t process = fork();
    if (process == 0) {
        const FolderLock lock(folder.path(), milliseconds(0));
        raise(SIGKILL);
    }
    ASSERT_GT(process, 0);
    waitpid(process, nullptr, 0);
    EXPECT_TRUE(std::filesystem::exists(folder.path() / ".lock"));
    EXPECT_TRUE(FolderLock(folder.path(), milliseconds(0)).is_held());
}

TEST(FolderLock, in_a_folder_that_is_missing_is_an_error_that_names_it) {
    const TemporaryFolder folder;
    const std::filesystem::path missing = folder.path() / "missing";
    try {
        const FolderLock lock(missing, milliseconds(0));
        ADD_FAILURE();
    } catch (const Error& error) {
        EXPECT_THAT(error.what(), testing::StartsWith(missing.string() + ": cannot be written: "));
    }
}

class Leftovers : public testing::Test {
protected:
    // The number of a process that has just ended.
    static std::string ended_process() {
        const pid_t process = fork();
        if (process == 0) _exit(0);
        waitpid(process, nullptr, 0);
        return std::to_string(process);
    }

    bool exists(const std::string& name) const { return std::filesystem::exists(folder_.path() / name); }

    TemporaryFolder folder_;
    std::string ended_ = ended_process();
};

TEST_F(Leftovers, of_processes_that_are_gone_are_removed_and_nothing_else) {
    const std::vector<std::string> gone{"a.json." + ended_ + ".0.tmp", ".b." + ended_ + ".12.tmp",
                                        "c." + std::to_string(getpid()) + ".0.tmp"};
    const std::vector<std::string> kept{"a.json." + std::to_string(getppid()) + ".0.tmp",
                                        "a.json",
                                        "notes.tmp",
                                        "a." + ended_ + ".tmp",
                                        "a." + ended_ + ".0.tmp.txt",
                                        "a.-1.0.tmp",
                                        "a.0.0.tmp",
                                        "sub/a." + ended_ + ".0.tmp"};
    std::filesystem::create_directory(folder_.path() / "sub");
    std::filesystem::create_directory(folder_.path() / ("folder." + ended_ + ".0.tmp"));
    for (const auto* names : {&gone, &kept}) {
        for (const std::string& name : *names) folder_.write(name, "x");
    }
    remove_leftover_files(folder_.path());
    for (const std::string& name : gone) EXPECT_FALSE(exists(name)) << name;
    for (const std::string& name : kept) EXPECT_TRUE(exists(name)) << name;
    EXPECT_TRUE(exists("folder." + ended_ + ".0.tmp"));
    remove_leftover_files(folder_.path() / "missing");
}

TEST_F(Leftovers, of_one_target_are_removed_alone) {
    folder_.write("a.earmark." + ended_ + ".0.tmp", "x");
    folder_.write("b.earmark." + ended_ + ".0.tmp", "x");
    remove_leftover_files_of(folder_.path() / "a.earmark");
    EXPECT_FALSE(exists("a.earmark." + ended_ + ".0.tmp"));
    EXPECT_TRUE(exists("b.earmark." + ended_ + ".0.tmp"));
}

// What write_file() leaves is what is removed.
TEST_F(Leftovers, of_a_writing_that_was_killed_are_removed) {
    const pid_t process = fork();
    if (process == 0) {
        std::signal(SIGXFSZ, SIG_DFL);  // kills
        const rlimit limit{1000, 1000};
        setrlimit(RLIMIT_FSIZE, &limit);
        write_file(folder_.path() / "target", std::string(100'000, 'x'));
        _exit(0);
    }
    int status = 0;
    waitpid(process, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status));
    const auto count = [&] {
        return std::distance(std::filesystem::directory_iterator(folder_.path()),
                             std::filesystem::directory_iterator());
    };
    ASSERT_EQ(count(), 1);
    remove_leftover_files_of(folder_.path() / "target");
    EXPECT_EQ(count(), 0);
}

}  // namespace
}  // namespace earmark
