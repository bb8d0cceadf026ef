#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace earmark {

/// Compares two fingerprints bit by bit where the second begins at an item of the first, which may be negative.
class ShiftedComparison {
public:
    ShiftedComparison(std::span<const std::uint32_t> first, std::span<const std::uint32_t> second, int offset);

    /// How many items they have in common.
    std::size_t item_count() const noexcept { return sums_.empty() ? 0 : sums_.size() - 1; }

    /// The share of bits that differ from one common item up to another. REQUIRES: first < last <= item_count().
    double bit_error(std::size_t first, std::size_t last) const;

private:
    std::vector<std::size_t> sums_;  ///< of differing bits before each item
};

}  // namespace earmark
