#include "base/huge_pages.h"

#include <sys/mman.h>

#include <memory>

namespace earmark {
namespace {

constexpr std::size_t huge_page_bytes = std::size_t{2} << 20U;

}  // namespace

void prefer_huge_pages(std::span<std::byte> memory) noexcept {
#ifdef MADV_HUGEPAGE
    void* start = memory.data();
    std::size_t size = memory.size();
    if (std::align(huge_page_bytes, huge_page_bytes, start, size) == nullptr) return;
    ::madvise(start, size - size % huge_page_bytes, MADV_HUGEPAGE);
#endif
}

}  // namespace earmark
