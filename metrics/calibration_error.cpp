#include "metrics/calibration_error.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace earmark {

void CalibrationReport::add(float probability, Truth truth) {
    if (truth == Truth::unknown) return;
    const auto place = static_cast<std::size_t>(static_cast<double>(probability) * static_cast<double>(bin_count));
    Bin& bin = bins_[std::min(place, bin_count - 1)];
    ++bin.count;
    bin.probability_sum += static_cast<double>(probability);
    if (truth == Truth::present) ++bin.positive_count;
}

void CalibrationReport::add(std::span<const float> probabilities, std::span<const float> truths) {
    assert(probabilities.size() == truths.size());
    for (std::size_t tag = 0; tag < truths.size(); ++tag) add(probabilities[tag], truth_of_target(truths[tag]));
}

std::optional<double> CalibrationReport::expected_error() const {
    std::size_t count = 0;
    double sum = 0.0;
    for (const Bin& bin : bins_) {
        count += bin.count;
        sum += std::abs(bin.probability_sum - static_cast<double>(bin.positive_count));
    }
    if (count == 0) return std::nullopt;
    return sum / static_cast<double>(count);
}

}  // namespace earmark
