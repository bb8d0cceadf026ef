// `earmark dataset import` when the user interrupts it: a signal at a known moment, so in a process of its own.
#include "apps/dataset/import_run.h"

#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>
#include <thread>

#include "earmark/error.h"
#include "tests/support/temporary_folder.h"

namespace earmark {
namespace {

Imported one_clip() {
    Imported imported;
    ListedClip listed;
    listed.clip.path = "a.mp3";
    listed.clip.split = "train";
    listed.clip.labels = {"rock"};
    imported.clips.push_back(listed);
    imported.tags = {"rock"};
    return imported;
}

class ImportRun : public testing::Test {
protected:
    ImportRun() { options_.out = (folder_.path() / "out").string(); }

    TemporaryFolder folder_;
    ImportOptions options_;
};

TEST_F(ImportRun, writes_what_was_read) {
    EXPECT_EQ(run_import(options_, [](const std::stop_token&) { return one_clip(); }), ExitStatus::all_done);
    EXPECT_TRUE(std::filesystem::exists(folder_.path() / "out/manifest.tsv"));
}

TEST_F(ImportRun, writes_nothing_after_an_interrupt) {
    const auto read = [](const std::stop_token&) {
        std::raise(SIGINT);
        return one_clip();
    };
    EXPECT_EXIT(std::exit(exit_code(run_import(options_, read))), testing::ExitedWithCode(1),
                "^earmark: stopped; nothing was written\n$");
    EXPECT_FALSE(std::filesystem::exists(folder_.path() / "out"));
}

TEST_F(ImportRun, asks_a_long_reading_to_stop_at_an_interrupt) {
    const auto read = [](const std::stop_token& stop) -> Imported {
        std::raise(SIGINT);
        while (!stop.stop_requested()) std::this_thread::yield();
        throw Error(ErrorCode::canceled, "stopped");
    };
    EXPECT_EXIT(std::exit(exit_code(run_import(options_, read))), testing::ExitedWithCode(1),
                "^earmark: stopped; nothing was written\n$");
    EXPECT_FALSE(std::filesystem::exists(folder_.path() / "out"));
}

}  // namespace
}  // namespace earmark
