#pragma once

#include <cmath>

namespace earmark {

/// Within [0, 1] for every number: where exp overflows, the quotient is 0.
inline float sigmoid(float value) noexcept { return 1.0F / (1.0F + std::exp(-value)); }

}  // namespace earmark
