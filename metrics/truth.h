#pragma once

#include <cstdint>

namespace earmark {

/// Whether one clip has one tag. A data set may know it only for some of the tags; unknown truths are left out of the
/// scores of their tag.
enum class Truth : std::uint8_t { absent, present, unknown };

/// The truth of a target as training uses it: present when it is 1, absent when it is 0. Else it is unknown: not a
/// number, or a probability.
inline Truth truth_of_target(float target) {
    if (target == 1.0F) return Truth::present;
    return target == 0.0F ? Truth::absent : Truth::unknown;
}

}  // namespace earmark
