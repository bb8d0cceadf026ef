#pragma once

#include <cmath>
#include <cstdint>

namespace earmark {

/// Whether one clip has one tag. A data set may know it only for some of the tags; unknown truths are left out of the
/// scores of their tag.
enum class Truth : std::uint8_t { absent, present, unknown };

/// The truth of a target as training uses it: present from 0.5 on, unknown when it is not a number.
inline Truth truth_of_target(float target) {
    constexpr float present_from = 0.5F;
    if (std::isnan(target)) return Truth::unknown;
    return target >= present_from ? Truth::present : Truth::absent;
}

}  // namespace earmark
