#include "apps/common/numbers.h"

#include <array>
#include <cmath>
#include <cstdio>

namespace earmark {

std::string fixed_number(double value, int digits) {
    // The greatest double has 309 digits.
    std::array<char, 384> text{};
    const int length = std::snprintf(text.data(), text.size(), "%.*f", digits, value);
    return {text.data(), static_cast<std::size_t>(length)};
}

double rounded(double value) { return std::round(value * 1e6) / 1e6; }

}  // namespace earmark
