#include "earmark/calibration.h"

#include <algorithm>
#include <cmath>

namespace earmark {
namespace {

// 0 and 1 have no finite logit. 1 - 2^-24 is the greatest float below 1.
constexpr double least_probability = 1.0 / (1 << 24);

double logit(double probability) noexcept {
    const double limited = std::clamp(probability, least_probability, 1.0 - least_probability);
    return std::log(limited) - std::log1p(-limited);
}

}  // namespace

float Calibration::apply(float probability) const noexcept {
    if (kind == Kind::identity) return probability;
    const double score = static_cast<double>(slope) * logit(probability) + static_cast<double>(intercept);
    return static_cast<float>(1.0 / (1.0 + std::exp(-score)));
}

}  // namespace earmark
