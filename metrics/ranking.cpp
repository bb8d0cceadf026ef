#include "metrics/ranking.h"

namespace earmark {
namespace {

template <typename Sum>
std::optional<double> value_of(const LabelledScores& scores) {
    Sum sum;
    for (const RankStep& step : scores.steps()) sum.take(step.true_positive_count, step.false_positive_count);
    return sum.value();
}

}  // namespace

std::optional<double> RocAucSum::value() const {
    if (true_positive_count_ == 0 || false_positive_count_ == 0) return std::nullopt;
    const double pair_count = static_cast<double>(true_positive_count_) * static_cast<double>(false_positive_count_);
    return static_cast<double>(twice_the_area_) / (2.0 * pair_count);
}

std::optional<double> AveragePrecisionSum::value() const {
    if (true_positive_count_ == 0) return std::nullopt;
    return sum_ / static_cast<double>(true_positive_count_);
}

std::optional<double> RocAuc::value() const { return value_of<RocAucSum>(scores_); }

std::optional<double> AveragePrecision::value() const { return value_of<AveragePrecisionSum>(scores_); }

}  // namespace earmark
