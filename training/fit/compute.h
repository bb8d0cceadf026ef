#pragma once

#include <cstddef>

namespace earmark {

/// Threads that libtorch computes with in this process. The BLAS library under it keeps to one.
void set_thread_count(std::size_t count);

}  // namespace earmark
