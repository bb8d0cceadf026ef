#pragma once

#include <cstddef>
#include <span>

namespace earmark {

/// Asks the system to hold memory that was not touched yet in large pages. Only a hint: nothing fails.
void prefer_huge_pages(std::span<std::byte> memory) noexcept;

}  // namespace earmark
