#include "base/huge_pages.h"

#include <sys/mman.h>

namespace earmark {

void prefer_huge_pages(std::span<std::byte> memory) noexcept {
#ifdef MADV_HUGEPAGE
    ::madvise(memory.data(), memory.size(), MADV_HUGEPAGE);
#endif
}

}  // namespace earmark
