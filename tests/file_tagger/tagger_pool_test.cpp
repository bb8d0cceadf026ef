#include "earmark/tagger_pool.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <latch>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "tests/file_tagger/small_tagger.h"

namespace earmark {
namespace {

TaggerPoolOptions with_workers(std::size_t worker_count) {
    TaggerPoolOptions options;
    options.worker_count = worker_count;
    options.tagger.precision = Precision::float32;
    return options;
}

// Of different lengths and formats, the third of which is none.
std::vector<std::filesystem::path> songs() {
    std::vector<std::filesystem::path> paths;
    for (const char* name : {"long.flac", "coded.mp3", "none", "long.mp3", "coded.ogg", "coded.m4a", "coded.wma",
                             "coded_s16.wav", "coded.flac", "tone_8000.wav"}) {
        paths.push_back(recording(name));
    }
    return paths;
}

std::vector<PoolResult> results_of(TaggerPool& pool, const std::vector<std::filesystem::path>& files) {
    std::vector<PoolResult> results;
    const std::size_t count = pool.run(files, [&](PoolResult result) { results.push_back(std::move(result)); });
    EXPECT_EQ(count, results.size());
    return results;
}

// The same short file again and again.
auto many_files(std::size_t count) {
    return [count, path = recording("coded.flac")](const std::stop_token&) mutable -> std::optional<PoolItem> {
        if (count == 0) return std::nullopt;
        --count;
        return PoolItem{path, {}, {}};
    };
}

TEST(TaggerPool, gives_what_a_single_tagger_gives_in_the_order_of_the_files_whatever_the_thread_count) {
    Tagger tagger = small_tagger();
    for (const std::size_t worker_count : {1U, 2U, 5U, 40U}) {
        TaggerPool pool(shared_small_model(), with_workers(worker_count));
        const std::vector<PoolResult> results = results_of(pool, songs());
        ASSERT_EQ(results.size(), songs().size());
        for (std::size_t i = 0; i < results.size(); ++i) {
            EXPECT_EQ(results[i].index, i);
            EXPECT_EQ(results[i].path, songs()[i]);
            if (i == 2) continue;
            ASSERT_FALSE(results[i].error) << results[i].error->what();
            EXPECT_EQ(results[i].clip.embedding, tag_file(tagger, songs()[i]).embedding) << songs()[i];
        }
    }
}

TEST(TaggerPool, gives_an_error_for_an_item_that_fails_and_goes_on) {
    TaggerPool pool(shared_small_model(), with_workers(2));
    const std::vector<PoolResult> results = results_of(pool, songs());
    ASSERT_TRUE(results.at(2).error);
    EXPECT_EQ(results[2].error->code(), ErrorCode::not_found);
    EXPECT_THAT(results[2].error->what(), testing::StartsWith(recording("none").string()));
    EXPECT_TRUE(results[2].clip.probabilities.empty());
    EXPECT_EQ(std::ranges::count_if(results, [](const PoolResult& result) { return result.error.has_value(); }), 1);
}

TEST(TaggerPool, gives_all_results_as_they_come_when_order_does_not_matter) {
    TaggerPoolOptions options = with_workers(3);
    options.in_order = false;
    TaggerPool pool(shared_small_model(), options);
    std::set<std::size_t> indices;
    EXPECT_EQ(pool.run(songs(), [&](const PoolResult& result) { indices.insert(result.index); }), songs().size());
    EXPECT_EQ(indices.size(), songs().size());
}

TEST(TaggerPool, takes_the_first_result_before_the_source_has_given_all_items) {
    TaggerPool pool(shared_small_model(), with_workers(2));
    std::latch first_was_taken(1);
    int given = 0;
    const auto source = [&](const std::stop_token&) -> std::optional<PoolItem> {
        if (given == 1) first_was_taken.wait();
        if (++given > 3) return std::nullopt;
        return PoolItem{recording("coded.flac"), {}, {}};
    };
    const auto take = [&](const PoolResult& result) {
        if (result.index == 0) first_was_taken.count_down();
    };
    EXPECT_EQ(pool.run(source, take), 3U);
}

TEST(TaggerPool, takes_bytes_and_errors_that_are_known_as_items) {
    TaggerPool pool(shared_small_model(), with_workers(2));
    std::vector<PoolItem> items;
    items.push_back({"upload.flac", bytes_of(recording("long.flac")), {}});
    items.push_back({"folder", {}, Error(ErrorCode::unreadable, "folder: cannot be read")});
    items.push_back({"broken.mp3", std::vector<std::byte>(10), {}});
    const auto source = [&, next = items.begin()](const std::stop_token&) mutable -> std::optional<PoolItem> {
        if (next == items.end()) return std::nullopt;
        return *next++;
    };
    std::vector<PoolResult> results;
    pool.run(source, [&](PoolResult result) { results.push_back(std::move(result)); });
    ASSERT_EQ(results.size(), 3U);
    Tagger tagger = small_tagger();
    EXPECT_EQ(results[0].clip.embedding, tag_file(tagger, recording("long.flac")).embedding);
    ASSERT_TRUE(results[1].error);
    EXPECT_STREQ(results[1].error->what(), "folder: cannot be read");
    ASSERT_TRUE(results[2].error);
    EXPECT_THAT(results[2].error->what(), testing::StartsWith("broken.mp3: "));
}

TEST(TaggerPool, never_holds_more_than_it_may_for_a_slow_consumer) {
    for (const bool in_order : {true, false}) {
        TaggerPoolOptions options = with_workers(2);
        options.most_waiting_count = 3;
        options.in_order = in_order;
        TaggerPool pool(shared_small_model(), options);
        std::atomic<int> given = 0;
        std::atomic<int> taken = 0;
        std::atomic<int> most_held = 0;
        const auto source = [&](const std::stop_token&) -> std::optional<PoolItem> {
            if (given == 60) return std::nullopt;
            most_held = std::max<int>(most_held, ++given - taken);
            return PoolItem{recording("coded.flac"), {}, {}};
        };
        const auto take = [&](const PoolResult&) {
            if (taken < 5) std::this_thread::sleep_for(std::chrono::milliseconds(20));
            ++taken;
        };
        EXPECT_EQ(pool.run(source, take), 60U);
        EXPECT_EQ(taken, 60);
        EXPECT_LE(most_held, 2 + 3);
        EXPECT_GE(most_held, 2);
    }
}

TEST(TaggerPool, when_stopped_gives_what_is_finished_and_may_run_again) {
    TaggerPool pool(shared_small_model(), with_workers(2));
    std::stop_source stop;
    std::size_t taken = 0;
    const auto take = [&](const PoolResult& result) {
        EXPECT_FALSE(result.error);
        if (++taken == 3) stop.request_stop();
    };
    const std::size_t count = pool.run(many_files(100'000), take, stop.get_token());
    EXPECT_EQ(count, taken);
    EXPECT_GE(count, 3U);
    EXPECT_LT(count, 100'000U);
    EXPECT_EQ(results_of(pool, songs()).size(), songs().size());
    EXPECT_EQ(pool.run(many_files(10), take, stop.get_token()), 0U) << "stopped from the start";
}

TEST(TaggerPool, ends_when_the_consumer_or_the_source_throws) {
    TaggerPool pool(shared_small_model(), with_workers(3));
    const auto full = [](const PoolResult&) { throw std::domain_error("full"); };
    EXPECT_THROW(pool.run(many_files(1000), full), std::domain_error);
    const auto broken = [](const std::stop_token&) -> std::optional<PoolItem> { throw std::out_of_range("broken"); };
    EXPECT_THROW(pool.run(broken, [](const PoolResult&) {}), std::out_of_range);
    EXPECT_EQ(results_of(pool, songs()).size(), songs().size());
}

TEST(TaggerPool, uses_no_more_of_an_item_than_it_is_allowed) {
    TaggerPoolOptions options = with_workers(2);
    options.max_duration_s = 1.0;
    TaggerPool pool(shared_small_model(), options);
    for (const PoolResult& result : results_of(pool, {recording("long.flac"), recording("long.mp3")})) {
        EXPECT_NEAR(result.clip.duration_s, 1.0, 1e-4);
        EXPECT_EQ(result.clip.warning, "only the first 1.0 s were used");
    }
}

TEST(TaggerPool, reports_how_far_each_item_is) {
    TaggerPoolOptions options = with_workers(2);
    std::mutex mutex;
    std::map<std::size_t, double> done_s;
    options.on_progress = [&](std::size_t index, double seconds_done, std::optional<double> seconds_declared) {
        const std::lock_guard lock(mutex);
        EXPECT_GT(seconds_done, done_s[index]);
        EXPECT_TRUE(seconds_declared);
        done_s[index] = seconds_done;
    };
    TaggerPool pool(shared_small_model(), options);
    for (const PoolResult& result : results_of(pool, {recording("long.flac"), recording("coded.flac")}))
        EXPECT_DOUBLE_EQ(done_s[result.index], result.clip.duration_s);
}

TEST(TaggerPool, of_no_files_gives_nothing) {
    TaggerPool pool(shared_small_model());
    EXPECT_TRUE(results_of(pool, {}).empty());
}

}  // namespace
}  // namespace earmark
