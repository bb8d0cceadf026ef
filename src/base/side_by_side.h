#pragma once

#include <cstddef>
#include <functional>

namespace earmark {

/// Runs `work` on `worker_count` threads side by side and waits for all of them. What the first of them that failed
/// threw is thrown on, after all have ended.
void run_on_workers(std::size_t worker_count, const std::function<void()>& work);

}  // namespace earmark
