#include "fingerprint/same_recording.h"

#include <algorithm>

#include "fingerprint/shifted_comparison.h"

namespace earmark {
namespace {

constexpr double most_bit_error = 0.15;
constexpr int most_shift_items = 24;
constexpr std::size_t least_items = 16;

}  // namespace

double least_bit_error(const Fingerprint& first, const Fingerprint& second) {
    const std::size_t least_common = std::max(least_items, std::min(first.size(), second.size()) / 2);
    double least = 1.0;
    for (int shift = -most_shift_items; shift <= most_shift_items; ++shift) {
        const ShiftedComparison comparison(first, second, shift);
        const std::size_t count = comparison.item_count();
        if (count >= least_common) least = std::min(least, comparison.bit_error(0, count));
    }
    return least;
}

bool is_same_recording(const Fingerprint& first, const Fingerprint& second) {
    return least_bit_error(first, second) <= most_bit_error;
}

}  // namespace earmark
