#include "base/memory_left.h"

#include <sys/mman.h>

#include <new>

namespace earmark {

void require_memory(std::size_t size_bytes) {
    void* memory =
        mmap(nullptr, size_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED) throw std::bad_alloc();
    munmap(memory, size_bytes);
}

}  // namespace earmark
