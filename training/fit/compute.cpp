#include "training/fit/compute.h"

#include <ATen/Parallel.h>

// OpenBLAS's own, where that is the BLAS library which libtorch found.
extern "C" __attribute__((weak)) void openblas_set_num_threads(int count);

namespace earmark {

// OpenBLAS has threads of its own beside libtorch's. Waiting for work they spin, on cores that other threads and other
// trainings could use (docs/decisions/029-openblas-with-one-thread.md).
void set_thread_count(std::size_t count) {
    at::set_num_threads(static_cast<int>(count));
    if (openblas_set_num_threads != nullptr) openblas_set_num_threads(1);
}

}  // namespace earmark
