#include "datasets/check/inspect_clips.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>

namespace earmark {
namespace {

class Inspection {
public:
    explicit Inspection(const Dataset& dataset) : dataset_(dataset), results_(dataset.clips.size()) {}

    std::vector<std::optional<ClipInspection>> run(std::size_t worker_count, const CheckProgress& progress) {
        std::vector<std::jthread> workers;
        for (std::size_t i = 0; i < std::min(worker_count, results_.size()); ++i) {
            workers.emplace_back([this](const std::stop_token& stop) { work(stop); });
        }
        wait_for_all(progress);
        for (std::jthread& worker : workers) worker.request_stop();
        workers.clear();
        if (failure_) std::rethrow_exception(failure_);
        return std::move(results_);
    }

private:
    // A thread must not let an exception out: the calling thread throws it.
    void work(const std::stop_token& stop) {
        try {
            Fingerprinter fingerprinter;
            for (std::size_t index = next_++; index < results_.size() && !stop.stop_requested(); index = next_++) {
                auto result = inspect_clip(dataset_.audio_path(dataset_.clips[index]), fingerprinter, stop);
                const std::lock_guard lock(mutex_);
                if (!result) return;
                results_[index] = std::move(result);
                ++done_count_;
                changed_.notify_one();
            }
        } catch (...) {
            const std::lock_guard lock(mutex_);
            failure_ = std::current_exception();
            changed_.notify_one();
        }
    }

    void wait_for_all(const CheckProgress& progress) {
        constexpr std::chrono::milliseconds look_every{50};
        std::unique_lock lock(mutex_);
        while (done_count_ < results_.size() && !failure_) {
            changed_.wait_for(lock, look_every);
            const std::size_t done_count = done_count_;
            lock.unlock();
            if (!progress(done_count, results_.size())) return;
            lock.lock();
        }
    }

    const Dataset& dataset_;
    std::vector<std::optional<ClipInspection>> results_;
    std::atomic<std::size_t> next_ = 0;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::size_t done_count_ = 0;
    std::exception_ptr failure_;
};

}  // namespace

std::vector<std::optional<ClipInspection>> inspect_clips(const Dataset& dataset, std::size_t worker_count,
                                                         const CheckProgress& progress) {
    return Inspection(dataset).run(worker_count, progress);
}

}  // namespace earmark
