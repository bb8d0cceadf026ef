#include "fingerprint/shifted_comparison.h"

#include <algorithm>
#include <bit>

namespace earmark {

ShiftedComparison::ShiftedComparison(std::span<const std::uint32_t> first, std::span<const std::uint32_t> second,
                                     int offset) {
    const auto skip_first = static_cast<std::size_t>(std::max(offset, 0));
    const auto skip_second = static_cast<std::size_t>(std::max(-offset, 0));
    if (skip_first >= first.size() || skip_second >= second.size()) return;
    const std::size_t count = std::min(first.size() - skip_first, second.size() - skip_second);
    sums_.reserve(count + 1);
    sums_.push_back(0);
    for (std::size_t i = 0; i < count; ++i)
        sums_.push_back(sums_.back() +
                        static_cast<std::size_t>(std::popcount(first[skip_first + i] ^ second[skip_second + i])));
}

double ShiftedComparison::bit_error(std::size_t first, std::size_t last) const {
    constexpr std::size_t bits = 32;
    return static_cast<double>(sums_[last] - sums_[first]) / static_cast<double>(bits * (last - first));
}

}  // namespace earmark
