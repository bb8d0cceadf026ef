#include "base/side_by_side.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <latch>
#include <memory>
#include <numeric>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>

namespace earmark {
namespace {

// Items that are no copies: an int, and who works on it.
using Number = std::unique_ptr<int>;

auto numbers(int count) {
    return [next = 0, count](const std::stop_token&) mutable -> std::optional<Number> {
        if (next == count) return std::nullopt;
        return std::make_unique<int>(next++);
    };
}

auto squarers() {
    return [] { return [](const Number& number, const std::stop_token&) { return std::optional(*number * *number); }; };
}

std::vector<int> squares(int count) {
    std::vector<int> values;
    for (int i = 0; i < count; ++i) values.push_back(i * i);
    return values;
}

void pause() { std::this_thread::sleep_for(std::chrono::milliseconds(1)); }

TEST(SideBySide, gives_results_in_the_order_of_the_items_whatever_the_thread_count) {
    for (const std::size_t worker_count : {1U, 2U, 7U}) {
        std::vector<int> taken;
        const auto take = [&](int square) { taken.push_back(square); };
        EXPECT_EQ(work_side_by_side({.worker_count = worker_count}, numbers(100), squarers(), take), 100U);
        EXPECT_EQ(taken, squares(100));
    }
}

TEST(SideBySide, gives_results_as_they_come_when_order_does_not_matter) {
    // The first item waits until the result of the second was taken.
    std::latch second_was_taken(1);
    const auto make_worker = [&] {
        return [&](std::size_t index, const std::stop_token&) {
            if (index == 0) second_was_taken.wait();
            return std::optional(index);
        };
    };
    std::vector<std::size_t> taken;
    const auto take = [&](std::size_t index) {
        taken.push_back(index);
        if (index == 1) second_was_taken.count_down();
    };
    work_side_by_side({.worker_count = 2, .in_order = false}, indices_below(5), make_worker, take);
    ASSERT_EQ(taken.size(), 5U);
    EXPECT_EQ(taken.front(), 1U);
    EXPECT_EQ(std::set(taken.begin(), taken.end()).size(), 5U);
}

TEST(SideBySide, takes_the_first_result_before_the_second_item_is_known) {
    std::latch first_was_taken(1);
    auto next = [&, index = 0](const std::stop_token&) mutable -> std::optional<int> {
        if (index == 1) first_was_taken.wait();
        if (index == 3) return std::nullopt;
        return index++;
    };
    const auto make_worker = [] { return [](int item, const std::stop_token&) { return std::optional(item); }; };
    const auto take = [&](int item) {
        if (item == 0) first_was_taken.count_down();
    };
    EXPECT_EQ(work_side_by_side({.worker_count = 2}, next, make_worker, take), 3U);
}

TEST(SideBySide, never_holds_more_results_than_it_may_for_a_slow_consumer) {
    for (const bool in_order : {true, false}) {
        std::atomic<int> drawn = 0;
        std::atomic<int> taken = 0;
        std::atomic<int> most_held = 0;
        const auto next = [&](const std::stop_token&) -> std::optional<int> {
            if (drawn == 200) return std::nullopt;
            most_held = std::max<int>(most_held, ++drawn - taken);
            return drawn.load();
        };
        const auto make_worker = [] { return [](int item, const std::stop_token&) { return std::optional(item); }; };
        const auto take = [&](int) {
            if (taken < 20) pause();
            ++taken;
        };
        work_side_by_side({.worker_count = 3, .most_waiting_count = 4, .in_order = in_order}, next, make_worker, take);
        EXPECT_EQ(taken, 200);
        EXPECT_LE(most_held, 3 + 4);
        EXPECT_GE(most_held, 3);
    }
}

TEST(SideBySide, makes_one_worker_a_thread_and_none_where_there_is_no_item) {
    std::atomic<int> made = 0;
    const auto make_worker = [&] {
        ++made;
        return [thread = std::this_thread::get_id()](std::size_t, const std::stop_token&) {
            EXPECT_EQ(std::this_thread::get_id(), thread);
            return std::optional(true);
        };
    };
    EXPECT_EQ(work_side_by_side({.worker_count = 4}, indices_below(0), make_worker, [](bool) {}), 0U);
    EXPECT_EQ(made, 0);
    EXPECT_EQ(work_side_by_side({.worker_count = 4}, indices_below(1), make_worker, [](bool) {}), 1U);
    EXPECT_EQ(made, 1);
    work_side_by_side({.worker_count = 2}, indices_below(50), make_worker, [](bool) {});
    EXPECT_LE(made, 3);
}

TEST(SideBySide, takes_on_the_calling_thread) {
    const auto here = std::this_thread::get_id();
    const auto take = [&](int) { EXPECT_EQ(std::this_thread::get_id(), here); };
    work_side_by_side({.worker_count = 3}, numbers(20), squarers(), take);
}

TEST(SideBySide, passes_over_items_without_a_result) {
    const auto make_worker = [] {
        return [](std::size_t index, const std::stop_token&) {
            return index % 3 == 0 ? std::nullopt : std::optional(index);
        };
    };
    std::vector<std::size_t> taken;
    const auto take = [&](std::size_t index) { taken.push_back(index); };
    const SideBySideOptions options{.worker_count = 2, .most_waiting_count = 0};
    EXPECT_EQ(work_side_by_side(options, indices_below(7), make_worker, take), 4U);
    EXPECT_EQ(taken, (std::vector<std::size_t>{1, 2, 4, 5}));
}

TEST(SideBySide, when_stopped_takes_what_is_finished_and_leaves_the_rest) {
    std::stop_source stop;
    std::atomic<int> finished = 0;
    const auto make_worker = [&] {
        return [&](std::size_t index, const std::stop_token& is_ended) -> std::optional<std::size_t> {
            if (index > 2) {  // until it is stopped
                while (!is_ended.stop_requested()) pause();
                return std::nullopt;
            }
            ++finished;
            return index;
        };
    };
    std::vector<std::size_t> taken;
    const auto take = [&](std::size_t index) {
        taken.push_back(index);
        stop.request_stop();
    };
    work_side_by_side({.worker_count = 2, .stop = stop.get_token()}, indices_below(1000), make_worker, take);
    EXPECT_EQ(taken.size(), static_cast<std::size_t>(finished.load()));
    EXPECT_TRUE(std::ranges::is_sorted(taken));
}

TEST(SideBySide, may_be_stopped_before_it_starts) {
    std::stop_source stop;
    stop.request_stop();
    EXPECT_EQ(work_side_by_side({.stop = stop.get_token()}, numbers(5), squarers(), [](int) {}), 0U);
}

TEST(SideBySide, ends_a_source_that_waits_when_it_is_stopped) {
    std::stop_source stop;
    const auto next = [&](const std::stop_token& is_ended) -> std::optional<Number> {
        stop.request_stop();
        while (!is_ended.stop_requested()) pause();
        return std::nullopt;
    };
    EXPECT_EQ(work_side_by_side({.worker_count = 2, .stop = stop.get_token()}, next, squarers(), [](int) {}), 0U);
}

TEST(SideBySide, asks_the_caller_whether_to_go_on_while_it_waits) {
    const auto make_worker = [&] {
        return [&](std::size_t, const std::stop_token& is_ended) -> std::optional<int> {
            while (!is_ended.stop_requested()) pause();
            return std::nullopt;
        };
    };
    auto go_on = [times = 0]() mutable { return ++times < 3; };
    EXPECT_EQ(work_side_by_side({.worker_count = 2, .go_on = go_on}, indices_below(9), make_worker, [](int) {}), 0U);
}

TEST(SideBySide, gives_up_a_worker_that_does_not_end_after_it_gave_what_is_finished) {
    std::stop_source stop;
    std::latch is_given_up(1);
    const auto make_worker = [&] {
        return [&](std::size_t index, const std::stop_token&) {
            if (index == 0) is_given_up.wait();  // as on a disk that does not answer
            if (index == 3) stop.request_stop();
            return std::optional(index);
        };
    };
    std::vector<std::size_t> taken;
    std::vector<std::size_t> taken_before;
    const auto give_up = [&] {
        taken_before = taken;
        is_given_up.count_down();
    };
    work_side_by_side({.worker_count = 2, .stop = stop.get_token(), .give_up = give_up}, indices_below(100),
                      make_worker, [&](std::size_t index) { taken.push_back(index); });
    EXPECT_EQ(taken_before, (std::vector<std::size_t>{1, 2, 3}));
    EXPECT_EQ(taken, (std::vector<std::size_t>{1, 2, 3, 0}));
}

TEST(SideBySide, throws_what_a_worker_threw_after_it_gave_what_is_finished) {
    std::latch third_is_finished(1);
    const auto make_worker = [&] {
        return [&](std::size_t index, const std::stop_token&) {
            if (index == 1) {
                third_is_finished.wait();
                throw std::runtime_error("the second");
            }
            if (index == 2) third_is_finished.count_down();
            return std::optional(index);
        };
    };
    std::vector<std::size_t> taken;
    const auto take = [&](std::size_t index) { taken.push_back(index); };
    EXPECT_THROW(work_side_by_side({.worker_count = 2}, indices_below(3), make_worker, take), std::runtime_error);
    EXPECT_EQ(taken, (std::vector<std::size_t>{0, 2}));
}

TEST(SideBySide, throws_what_the_source_or_the_making_of_a_worker_threw) {
    const auto bad_next = [](const std::stop_token&) -> std::optional<Number> { throw std::out_of_range("source"); };
    EXPECT_THROW(work_side_by_side({.worker_count = 2}, bad_next, squarers(), [](int) {}), std::out_of_range);
    const auto bad_make = [] {
        throw std::bad_alloc();
        return [](const Number&, const std::stop_token&) { return std::optional(0); };
    };
    EXPECT_THROW(work_side_by_side({.worker_count = 2}, numbers(3), bad_make, [](int) {}), std::bad_alloc);
}

TEST(SideBySide, throws_what_the_consumer_threw_and_gives_it_nothing_more) {
    int calls = 0;
    const auto take = [&](int) {
        ++calls;
        throw std::domain_error("full");
    };
    EXPECT_THROW(work_side_by_side({.worker_count = 2}, numbers(1000), squarers(), take), std::domain_error);
    EXPECT_EQ(calls, 1);
}

}  // namespace
}  // namespace earmark
