#include "earmark/weight_vector.h"

#include <new>
#include <span>

#include "base/huge_pages.h"

namespace earmark {
namespace {

constexpr std::size_t least_bytes_for_huge_pages = std::size_t{1} << 20U;

std::size_t in_huge_pages(std::size_t byte_count) {
    return (byte_count + huge_page_bytes - 1) / huge_page_bytes * huge_page_bytes;
}

}  // namespace

void* allocate_weights(std::size_t byte_count) {
    if (byte_count < least_bytes_for_huge_pages) return ::operator new(byte_count);
    const std::size_t whole = in_huge_pages(byte_count);
    void* memory = ::operator new(whole, std::align_val_t(huge_page_bytes));
    prefer_huge_pages(std::span(static_cast<std::byte*>(memory), whole));
    return memory;
}

void free_weights(void* memory, std::size_t byte_count) noexcept {
    if (byte_count < least_bytes_for_huge_pages)
        ::operator delete(memory);
    else
        ::operator delete(memory, std::align_val_t(huge_page_bytes));
}

}  // namespace earmark
