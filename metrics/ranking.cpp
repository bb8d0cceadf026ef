#include "metrics/ranking.h"

namespace earmark {
std::optional<double> RocAucSum::value() const {
    if (true_positive_count_ == 0 || false_positive_count_ == 0) return std::nullopt;
    const double pair_count = static_cast<double>(true_positive_count_) * static_cast<double>(false_positive_count_);
    return static_cast<double>(twice_the_area_) / (2.0 * pair_count);
}

std::optional<double> AveragePrecisionSum::value() const {
    if (true_positive_count_ == 0) return std::nullopt;
    return sum_ / static_cast<double>(true_positive_count_);
}

}  // namespace earmark
