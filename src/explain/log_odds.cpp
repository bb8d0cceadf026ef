#include "explain/log_odds.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace earmark {
namespace {

// ln of the sum of exp of all others. The greatest is subtracted first, so that no exp overflows.
double log_sum_of_others(std::span<const float> logits, std::size_t tag_index) {
    double greatest = -std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < logits.size(); ++i)
        if (i != tag_index) greatest = std::max(greatest, static_cast<double>(logits[i]));
    double sum = 0.0;
    for (std::size_t i = 0; i < logits.size(); ++i)
        if (i != tag_index) sum += std::exp(static_cast<double>(logits[i]) - greatest);
    return greatest + std::log(sum);
}

}  // namespace

double log_odds(const Model& model, std::span<const float> logits, std::size_t tag_index) {
    const double logit = logits[tag_index];
    if (model.classifier.output == OutputKind::softmax)
        return logits.size() < 2 ? 0.0 : logit - log_sum_of_others(logits, tag_index);
    const Calibration& calibration = model.tags[tag_index].calibration;  // slope 1 and intercept 0 where it is none
    return static_cast<double>(calibration.slope) * logit + static_cast<double>(calibration.intercept);
}

}  // namespace earmark
