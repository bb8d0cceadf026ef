#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

namespace earmark {

/// How work_side_by_side spreads work over threads.
struct SideBySideOptions {
    std::size_t worker_count = 1;        ///< threads; at least 1
    std::size_t most_waiting_count = 64; /**< finished results that may wait for `take`; at most so many plus
                                              worker_count items are drawn and not yet taken, at any time */
    bool in_order = true;                ///< results in the order of the items, else as they come
    std::stop_token stop{};              ///< ends the work early
    std::function<void()> give_up{}; /**< if given, called on the calling thread when workers have not ended a second
                                          after an early end, once the finished results are taken: a program may
                                          exit here, whatever a worker waits for. If it returns, they are waited
                                          for, as without it */
    std::function<bool()> go_on{};   /**< if given, asked on the calling thread at least every 50 ms while it waits
                                          for a result, and after each; false ends the work early, as `stop` does */
};

/// The items 0, 1, ... count - 1, for the `next` of work_side_by_side.
inline auto indices_below(std::size_t count) {
    return [index = std::size_t{0}, count](const std::stop_token&) mutable -> std::optional<std::size_t> {
        if (index == count) return std::nullopt;
        return index++;
    };
}

namespace base {

/// Not inline: GCC 12 warns of its constructor where that is inlined.
std::stop_source make_stop_source();

/// One call of work_side_by_side.
template <typename Next, typename MakeWorker, typename Take>
class SideBySideRun {
    using Item = typename std::invoke_result_t<Next&, const std::stop_token&>::value_type;
    using Worker = std::invoke_result_t<MakeWorker&>;
    using Result = typename std::invoke_result_t<Worker&, Item, const std::stop_token&>::value_type;

public:
    SideBySideRun(const SideBySideOptions& options, Next& next, MakeWorker& make_worker, Take& take)
        : options_(options), next_(next), make_worker_(make_worker), take_(take) {}

    std::size_t run() {
        const std::stop_callback forward(options_.stop, [this] { stop_.request_stop(); });
        run_workers();
        take_finished();  // after an early end
        if (failure_) std::rethrow_exception(failure_);
        return taken_count_;
    }

private:
    struct Stopper {
        std::stop_source& stop;
        ~Stopper() { stop.request_stop(); }
    };

    // Takes results until there are no more, or the work ends early; then waits for the workers.
    void run_workers() {
        std::vector<std::jthread> workers;
        const Stopper stopper{stop_};
        for (std::size_t i = 0; i < options_.worker_count; ++i) {
            {
                const std::lock_guard lock(mutex_);
                ++running_count_;
            }
            workers.emplace_back([this] { work(); });
        }
        while (wait_for_result()) take_first();
        if (!options_.give_up || !stop_.stop_requested() || wait_for_workers()) return;
        take_finished();
        options_.give_up();
    }

    // Whether they have ended in time.
    bool wait_for_workers() {
        constexpr std::chrono::seconds patience{1};
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, patience, [this] { return running_count_ == 0; });
    }

    void take_finished() {
        const auto is_any = [this] {
            const std::lock_guard lock(mutex_);
            return !results_.empty();
        };
        while (is_any()) take_first();
    }

    // A thread must not let an exception out: the calling thread throws it.
    void work() {
        try {
            draw_and_work();
        } catch (...) {
            const std::lock_guard lock(mutex_);
            if (!failure_) failure_ = std::current_exception();
            stop_.request_stop();
        }
        const std::lock_guard lock(mutex_);
        --running_count_;
        changed_.notify_all();
    }

    void draw_and_work() {
        const std::stop_token stop = stop_.get_token();
        std::optional<Worker> worker;  // made with the first item: there may be more threads than items
        while (wait_for_room(stop)) {
            std::optional<std::pair<std::size_t, Item>> item = draw(stop);
            if (!item) return;
            if (!worker) worker.emplace(make_worker_());
            put(item->first, (*worker)(std::move(item->second), stop));
        }
    }

    bool wait_for_room(const std::stop_token& stop) {
        std::unique_lock lock(mutex_);
        const std::size_t most_held_count = options_.most_waiting_count + options_.worker_count;
        if (!changed_.wait(lock, stop, [&] { return held_count_ < most_held_count; })) return false;
        ++held_count_;
        return !stop.stop_requested();
    }

    // `next` may take its time: results are taken meanwhile.
    std::optional<std::pair<std::size_t, Item>> draw(const std::stop_token& stop) {
        const std::lock_guard lock(next_mutex_);
        if (is_used_up_ || stop.stop_requested()) return std::nullopt;
        std::optional<Item> item = next_(stop);
        is_used_up_ = !item;
        if (!item) return std::nullopt;
        return std::pair(drawn_count_++, std::move(*item));
    }

    void put(std::size_t index, std::optional<Result> result) {
        const std::lock_guard lock(mutex_);
        results_.emplace(index, std::move(result));
        changed_.notify_all();
    }

    bool has_result() const {
        return !results_.empty() && (!options_.in_order || results_.begin()->first == next_taken_);
    }

    // False when no more is to be waited for.
    bool wait_for_result() {
        constexpr std::chrono::milliseconds ask_every{50};
        const std::stop_token stop = stop_.get_token();
        const auto is_over = [this] { return has_result() || running_count_ == 0; };
        for (;;) {
            if (options_.go_on && !options_.go_on()) return false;
            std::unique_lock lock(mutex_);
            if (options_.go_on)
                changed_.wait_for(lock, stop, ask_every, is_over);
            else
                changed_.wait(lock, stop, is_over);
            if (stop.stop_requested()) return false;
            if (is_over()) return has_result();
        }
    }

    void take_first() {
        std::unique_lock lock(mutex_);
        auto first = results_.extract(results_.begin());
        next_taken_ = first.key() + 1;
        lock.unlock();
        if (first.mapped()) {
            take_(std::move(*first.mapped()));
            ++taken_count_;
        }
        lock.lock();
        --held_count_;
        changed_.notify_all();
    }

    const SideBySideOptions& options_;
    Next& next_;
    MakeWorker& make_worker_;
    Take& take_;
    std::stop_source stop_ = make_stop_source();
    std::mutex next_mutex_;  ///< of next_ and the two below
    bool is_used_up_ = false;
    std::size_t drawn_count_ = 0;
    std::mutex mutex_;  ///< of all below
    std::condition_variable_any changed_;
    std::map<std::size_t, std::optional<Result>> results_;  ///< finished and not taken yet, by the number of the item
    std::size_t held_count_ = 0;                            ///< drawn, or about to be, and not taken yet
    std::size_t running_count_ = 0;                         ///< workers
    std::size_t next_taken_ = 0;
    std::size_t taken_count_ = 0;
    std::exception_ptr failure_;
};

}  // namespace base

/// Works on items on several threads at a time and takes the results on the calling thread. Returns how many were
/// taken, when all are.
///
/// - `next(stop)` returns the next item as a std::optional, nothing after the last. It is called by the workers, by one
///   at a time, as soon as one is free and there is room for its result; it may wait (for a line of a pipe), and
///   should return nothing when `stop` is requested meanwhile. It is not called again after it has returned nothing.
/// - `make_worker()` is called by each thread that got an item, before its first one: it makes what belongs to one
///   thread at a time, for example a Tagger. It returns a function `worker(item, stop)` that works on an item and
///   returns its result as a std::optional; an item without a result (nothing) is passed over.
/// - `take(result)` is called on the calling thread, in the order of the items or as they come (options.in_order).
///
/// A slow `take` never makes memory grow: workers wait while most_waiting_count results wait.
///
/// An early end (options.stop, options.go_on, or an exception): no more items are drawn, `stop` is requested for those
/// that are worked on, and all threads are waited for. Then the results that are finished are taken, in the order of
/// the items, so that work is not lost. The first exception of `next`, `make_worker` or a worker is thrown on after
/// that. What `take` or `go_on` throws is thrown on as soon as the threads have ended, and no more results are taken.
template <typename Next, typename MakeWorker, typename Take>
std::size_t work_side_by_side(const SideBySideOptions& options, Next&& next, MakeWorker&& make_worker, Take&& take) {
    return base::SideBySideRun(options, next, make_worker, take).run();
}

}  // namespace earmark
