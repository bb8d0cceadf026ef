#include "apps/explain/signed_number.h"

#include <algorithm>
#include <cmath>

#include "apps/common/numbers.h"

namespace earmark {

std::string signed_number(double value, int digits) {
    std::string text = fixed_number(std::abs(value), digits);
    if (text.find_first_not_of("0.") == std::string::npos) return text;
    return (value < 0.0 ? "-" : "+") + text;
}

int moment_digits(const TagExplanation& tag) {
    double greatest = 0.0;
    for (const Moment& moment : tag.moments) greatest = std::max(greatest, std::abs(moment.contribution));
    if (greatest >= 10.0) return 1;
    constexpr double least = 1e-4;  // nothing that is less counts
    return greatest < least ? 2 : std::max(2, 1 - static_cast<int>(std::floor(std::log10(greatest))));
}

}  // namespace earmark
