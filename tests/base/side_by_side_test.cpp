#include "base/side_by_side.h"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <thread>

namespace earmark {
namespace {

TEST(Workers, all_run_and_are_waited_for) {
    std::atomic<int> done = 0;
    run_on_workers(3, [&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
        ++done;
    });
    EXPECT_EQ(done, 3);
}

TEST(Workers, throw_what_one_of_them_threw_after_the_others_have_ended) {
    std::atomic<int> started = 0;
    std::atomic<int> done = 0;
    const auto work = [&] {
        if (++started == 1) throw std::runtime_error("the first");
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
        ++done;
    };
    EXPECT_THROW(run_on_workers(3, work), std::runtime_error);
    EXPECT_EQ(done, 2);
}

TEST(Workers, may_all_fail) {
    EXPECT_THROW(run_on_workers(3, [] { throw std::bad_alloc(); }), std::bad_alloc);
}

}  // namespace
}  // namespace earmark
