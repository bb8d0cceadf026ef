#pragma once

#include <cstddef>

namespace earmark {

/// Of what libtorch computes in this process, and of the processes that it is forked into.
void set_thread_count(std::size_t count);

}  // namespace earmark
