#pragma once

#include <cstdint>
#include <optional>

namespace earmark {

/// Area under the ROC curve from its steps, highest score first: the probability that a positive scores above a
/// negative, ties counted half (sklearn.metrics.roc_auc_score). Exact below 2^31 scores. No value when there are no
/// positives or no negatives.
class RocAucSum {
public:
    void take(std::uint64_t true_positive_count, std::uint64_t false_positive_count) {
        twice_the_area_ +=
            (false_positive_count - false_positive_count_) * (true_positive_count + true_positive_count_);
        true_positive_count_ = true_positive_count;
        false_positive_count_ = false_positive_count;
    }
    std::optional<double> value() const;

private:
    std::uint64_t true_positive_count_ = 0;
    std::uint64_t false_positive_count_ = 0;
    std::uint64_t twice_the_area_ = 0;
};

/// Average precision from the same steps: sum over thresholds of (recall_n - recall_{n-1}) precision_n
/// (sklearn.metrics.average_precision_score). No value when there are no positives.
class AveragePrecisionSum {
public:
    void take(std::uint64_t true_positive_count, std::uint64_t false_positive_count) {
        if (true_positive_count == true_positive_count_) return;
        const auto found = static_cast<double>(true_positive_count - true_positive_count_);
        const auto present = static_cast<double>(true_positive_count + false_positive_count);
        sum_ += found * static_cast<double>(true_positive_count) / present;
        true_positive_count_ = true_positive_count;
    }
    std::optional<double> value() const;

private:
    std::uint64_t true_positive_count_ = 0;
    double sum_ = 0.0;
};

}  // namespace earmark
