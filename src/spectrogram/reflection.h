#pragma once

#include <cassert>
#include <cstddef>

namespace earmark {

/// Where a sample outside of the audio is taken from: it is mirrored at its first and last sample, which are not
/// doubled, as often as it takes (numpy.pad, mode 'reflect'). A single sample is repeated. REQUIRES: count > 0.
constexpr std::size_t reflected_index(std::ptrdiff_t index, std::size_t count) noexcept {
    assert(count > 0);
    if (count == 1) return 0;
    const auto period = static_cast<std::ptrdiff_t>(2 * (count - 1));
    const std::ptrdiff_t remainder = index % period;
    const std::ptrdiff_t place = remainder < 0 ? remainder + period : remainder;
    return static_cast<std::size_t>(place < static_cast<std::ptrdiff_t>(count) ? place : period - place);
}

}  // namespace earmark
