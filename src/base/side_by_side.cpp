#include "base/side_by_side.h"

namespace earmark {

std::stop_source base::make_stop_source() { return {}; }

void run_on_workers(std::size_t worker_count, const std::function<void()>& work) {
    std::mutex mutex;
    std::exception_ptr failure;
    const auto run = [&] {
        try {
            work();
        } catch (...) {
            const std::lock_guard lock(mutex);
            if (!failure) failure = std::current_exception();
        }
    };
    std::vector<std::jthread> workers;
    for (std::size_t i = 0; i < worker_count; ++i) workers.emplace_back(run);
    workers.clear();
    if (failure) std::rethrow_exception(failure);
}

}  // namespace earmark
