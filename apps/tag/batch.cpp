#include "apps/tag/batch.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>

#include "apps/common/interrupt.h"

namespace earmark {
namespace {

constexpr std::size_t most_waiting_count = 4096;  // results, of about 2 KB each

class Batch {
public:
    Batch(const std::shared_ptr<const Model>& model, const std::vector<Input>& inputs, const BatchOptions& options)
        : model_(model), inputs_(inputs), options_(options), results_(inputs.size()) {}

    std::size_t run(const std::function<void(const TaggedFile&)>& take) {
        std::vector<std::jthread> workers;
        const std::size_t worker_count = std::min(options_.worker_count, inputs_.size());
        for (std::size_t i = 0; i < worker_count; ++i)
            workers.emplace_back([this](std::stop_token stop) { work(stop); });

        std::size_t taken_count = 0;
        const auto take_result = [&](std::size_t index) {
            const std::optional<TaggedFile> file = std::move(results_[index]);
            take(*file);
            ++taken_count;
            const std::lock_guard lock(mutex_);
            next_taken_ = index + 1;
            changed_.notify_all();
        };
        std::size_t next = 0;
        while (next < inputs_.size() && wait_for(next)) take_result(next++);
        for (std::jthread& worker : workers) worker.request_stop();
        workers.clear();
        for (; next < inputs_.size(); ++next) {
            if (results_[next]) take_result(next);
        }
        if (failure_) std::rethrow_exception(failure_);
        return taken_count;
    }

private:
    // A worker has nothing more to do when the inputs are used up or another one failed.
    void work(const std::stop_token& stop) {
        try {
            Tagger tagger(model_, options_.precision);
            for (std::size_t index = next_input_++; index < inputs_.size(); index = next_input_++) {
                if (!wait_for_turn(index, stop)) return;
                std::optional<TaggedFile> file = result_of(tagger, inputs_[index], stop);
                if (!file) return;
                const std::lock_guard lock(mutex_);
                results_[index] = std::move(file);
                changed_.notify_all();
            }
        } catch (...) {
            const std::lock_guard lock(mutex_);
            if (!failure_) failure_ = std::current_exception();
            changed_.notify_all();
        }
    }

    std::optional<TaggedFile> result_of(Tagger& tagger, const Input& input, const std::stop_token& stop) const {
        if (input.error.empty()) return tag_file(tagger, input.path, options_.selection, stop);
        TaggedFile file;
        file.path = input.path;
        file.error = input.error;
        return file;
    }

    // Results wait for those before them, but not without limit. False when the work is to end.
    bool wait_for_turn(std::size_t index, const std::stop_token& stop) {
        std::unique_lock lock(mutex_);
        return changed_.wait(lock, stop, [&] { return index < next_taken_ + most_waiting_count; }) &&
               !stop.stop_requested();
    }

    // False when it will not come.
    bool wait_for(std::size_t index) {
        constexpr std::chrono::milliseconds look_for_interrupts_every{50};
        std::unique_lock lock(mutex_);
        while (!results_[index] && !failure_ && !interrupted()) changed_.wait_for(lock, look_for_interrupts_every);
        return results_[index] && !interrupted();
    }

    const std::shared_ptr<const Model>& model_;
    const std::vector<Input>& inputs_;
    const BatchOptions& options_;
    std::atomic<std::size_t> next_input_ = 0;
    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::size_t next_taken_ = 0;
    std::vector<std::optional<TaggedFile>> results_;
    std::exception_ptr failure_;
};

}  // namespace

std::size_t tag_batch(const std::shared_ptr<const Model>& model, const std::vector<Input>& inputs,
                      const BatchOptions& options, const std::function<void(const TaggedFile&)>& take) {
    return Batch(model, inputs, options).run(take);
}

}  // namespace earmark
