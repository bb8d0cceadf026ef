#pragma once

#include <cstddef>

namespace earmark {

/// Throws std::bad_alloc when the process may not have so much more memory now (`ulimit -v`, strict overcommit). For
/// use before code that crashes where it gets none. Takes nothing.
void require_memory(std::size_t size_bytes);

}  // namespace earmark
