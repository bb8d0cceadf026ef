#pragma once

#include <cstddef>
#include <cstring>
#include <span>
#include <vector>

namespace earmark::catalogue {

/// The numbers of a BLOB.
template <typename Number>
std::vector<Number> numbers_of(std::span<const std::byte> bytes) {
    std::vector<Number> numbers(bytes.size() / sizeof(Number));
    if (!numbers.empty()) std::memcpy(numbers.data(), bytes.data(), numbers.size() * sizeof(Number));
    return numbers;
}

}  // namespace earmark::catalogue
