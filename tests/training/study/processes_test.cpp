#include "training/study/processes.h"

#include <gmock/gmock.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <string>
#include <thread>

#include "tests/support/temporary_folder.h"
#include "tests/training/support/expect_error.h"

namespace earmark {
namespace {

class Processes : public testing::Test {
protected:
    bool run(std::size_t count, std::size_t process_count, std::function<bool(std::size_t)> work) {
        return run_in_processes({.count = count,
                                 .process_count = process_count,
                                 .work = [&](std::size_t index, const auto&) { return work(index); },
                                 .told = {},
                                 .done = [this](std::size_t index) { done_.push_back(index); },
                                 .stop_requested = [this] { return stop_requested_; }});
    }

    void leave(const std::string& name) const { std::ofstream(folder_.path() / name) << "was here"; }
    bool is_left(const std::string& name) const { return std::filesystem::exists(folder_.path() / name); }

    // Whether it comes to be there while this process waits.
    bool comes(const std::string& name) const {
        for (int i = 0; i < 3000 && !is_left(name); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
        return is_left(name);
    }

    TemporaryFolder folder_;
    std::vector<std::size_t> done_;
    bool stop_requested_ = false;
};

TEST_F(Processes, do_every_part_of_the_work_once) {
    EXPECT_TRUE(run(5, 2, [&](std::size_t index) {
        leave(std::to_string(index));
        return true;
    }));
    EXPECT_THAT(done_, testing::UnorderedElementsAre(0, 1, 2, 3, 4));
    for (int i = 0; i < 5; ++i) EXPECT_TRUE(is_left(std::to_string(i))) << i;
}

TEST_F(Processes, run_at_the_same_time) {
    EXPECT_TRUE(run(2, 2, [&](std::size_t index) {
        leave(std::to_string(index));
        return comes(std::to_string(1 - index));
    }));
}

TEST_F(Processes, do_not_share_memory) {
    int value = 1;
    run(1, 1, [&](std::size_t) { return ++value == 2; });
    EXPECT_EQ(value, 1);
}

TEST_F(Processes, hand_over_every_line_that_they_tell_before_they_are_done) {
    std::vector<std::string> lines;
    const auto work = [](std::size_t index, const ProcessWork::Tell& tell) {
        for (int i = 0; i < 3; ++i) tell(std::to_string(index) + std::string(3000, '.') + std::to_string(i));
        tell("");
        return true;
    };
    const auto told = [&](std::size_t index, const std::string& line) {
        lines.push_back(std::to_string(index) + " " + line);
    };
    const auto done = [&](std::size_t index) { lines.push_back(std::to_string(index) + " done"); };
    EXPECT_TRUE(run_in_processes({2, 1, work, told, done, [] { return false; }}));
    const std::string dots(3000, '.');
    EXPECT_THAT(lines,
                testing::ElementsAre("0 0" + dots + "0", "0 0" + dots + "1", "0 0" + dots + "2", "0 ", "0 done",
                                     "1 1" + dots + "0", "1 1" + dots + "1", "1 1" + dots + "2", "1 ", "1 done"));
}

TEST_F(Processes, throw_the_error_of_one_after_what_it_told) {
    std::vector<std::string> lines;
    const auto work = [](std::size_t, const ProcessWork::Tell& tell) -> bool {
        tell("decoding");
        throw std::runtime_error("out of memory\n\nat matmul");
    };
    const auto told = [&](std::size_t, const std::string& line) { lines.push_back(line); };
    const auto run = [&] { return run_in_processes({1, 1, work, told, [](std::size_t) {}, [] { return false; }}); };
    EXPECT_EQ(error_of(ErrorCode::unwritable, run), "out of memory  at matmul");
    EXPECT_THAT(lines, testing::ElementsAre("decoding"));
}

TEST_F(Processes, throw_the_error_of_one_and_start_no_more) {
    const auto work = [&](std::size_t index) {
        leave(std::to_string(index));
        if (index == 1) throw Error(ErrorCode::invalid_dataset, "manifest.tsv: no clip");
        return true;
    };
    EXPECT_EQ(error_of(ErrorCode::invalid_dataset, [&] { run(4, 1, work); }), "manifest.tsv: no clip");
    EXPECT_THAT(done_, testing::ElementsAre(0));
    EXPECT_FALSE(is_left("2"));
}

TEST_F(Processes, name_the_signal_that_killed_one) {
    const auto work = [](std::size_t) { return raise(SIGKILL) != 0; };
    EXPECT_THAT(error_of(ErrorCode::unwritable, [&] { run(1, 1, work); }), testing::HasSubstr("signal 9"));
}

TEST_F(Processes, are_interrupted_when_a_stop_is_requested) {
    stop_requested_ = true;
    const bool finished = run(3, 2, [&](std::size_t index) {
        static volatile std::sig_atomic_t has_come = 0;
        std::signal(SIGINT, [](int) { has_come = 1; });
        for (int i = 0; i < 3000 && has_come == 0; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
        leave(std::to_string(index) + (has_come == 1 ? " was interrupted" : " was not"));
        return false;
    });
    EXPECT_FALSE(finished);
    EXPECT_TRUE(done_.empty());
    EXPECT_FALSE(is_left("0 was not"));
    EXPECT_FALSE(is_left("2 was interrupted"));
}

}  // namespace
}  // namespace earmark
