#pragma once

#include <cstdint>
#include <optional>

#include "metrics/labelled_scores.h"

namespace earmark {

/// Area under the ROC curve from its steps, highest score first. Exact below 2^31 scores.
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

/// Average precision from the same steps.
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

/// Collects scores and truths of one tag, then ranks. add / value / reset. Agrees with scikit-learn to 1e-9, ties
/// included. What is unknown does not count.
class RocAuc {
public:
    void add(float score, bool truth) { scores_.add(score, truth); }
    void add(float score, Truth truth) { scores_.add(score, truth); }
    void reset() { scores_.reset(); }

    /// Area under the ROC curve: the probability that a positive scores above a negative, ties counted half
    /// (sklearn.metrics.roc_auc_score). Nothing when there are no positives or no negatives.
    std::optional<double> value() const;

private:
    LabelledScores scores_;
};

/// sum over thresholds of (recall_n - recall_{n-1}) precision_n (sklearn.metrics.average_precision_score). Nothing when
/// there are no positives.
class AveragePrecision {
public:
    void add(float score, bool truth) { scores_.add(score, truth); }
    void add(float score, Truth truth) { scores_.add(score, truth); }
    void reset() { scores_.reset(); }
    std::optional<double> value() const;

private:
    LabelledScores scores_;
};

}  // namespace earmark
