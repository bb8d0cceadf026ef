#pragma once

#include <span>

namespace earmark {

/// Replaces numbers by their decimal logarithms, to 4 units in the last place. REQUIRES: finite, 1 or more.
void take_log10(std::span<float> values) noexcept;

}  // namespace earmark
