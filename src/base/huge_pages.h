#pragma once

#include <cstddef>
#include <span>

namespace earmark {

inline constexpr std::size_t huge_page_bytes = std::size_t{2} << 20U;

/// Asks the system to hold memory that was not touched yet in pages of huge_page_bytes. Only a hint: nothing fails.
/// REQUIRES: memory of whole huge pages, which begins at a multiple of their size.
void prefer_huge_pages(std::span<std::byte> memory) noexcept;

}  // namespace earmark
