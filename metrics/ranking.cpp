#include "metrics/ranking.h"

namespace earmark {

std::optional<double> RocAuc::value() const {
    const auto positives = static_cast<double>(scores_.positive_count());
    const auto negatives = static_cast<double>(scores_.negative_count());
    if (positives == 0.0 || negatives == 0.0) return std::nullopt;
    double area = 0.0;
    RankStep previous;
    for (const RankStep& step : scores_.steps()) {
        const auto width = static_cast<double>(step.false_positive_count - previous.false_positive_count);
        const auto heights = static_cast<double>(step.true_positive_count + previous.true_positive_count);
        area += width * heights / 2.0;
        previous = step;
    }
    return area / (positives * negatives);
}

std::optional<double> AveragePrecision::value() const {
    const auto positives = static_cast<double>(scores_.positive_count());
    if (positives == 0.0) return std::nullopt;
    double sum = 0.0;
    RankStep previous;
    for (const RankStep& step : scores_.steps()) {
        const auto found = static_cast<double>(step.true_positive_count - previous.true_positive_count);
        const auto present = static_cast<double>(step.true_positive_count + step.false_positive_count);
        sum += found * static_cast<double>(step.true_positive_count) / present;
        previous = step;
    }
    return sum / positives;
}

}  // namespace earmark
