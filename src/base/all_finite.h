#pragma once

#include <bit>
#include <cstdint>
#include <span>

namespace earmark {

/// Whether no sample is infinite or not a number. On bits and without an early end, so that the compiler vectorizes it:
/// it looks at every sample of every clip.
inline bool all_finite(std::span<const float> samples) {
    constexpr std::uint32_t exponent = 0x7F800000;  // all ones in infinities and in what is not a number
    std::uint32_t is_bad = 0;
    for (const float sample : samples) {
        is_bad |= static_cast<std::uint32_t>((std::bit_cast<std::uint32_t>(sample) & exponent) == exponent);
    }
    return is_bad == 0;
}

}  // namespace earmark
