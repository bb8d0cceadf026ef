#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace earmark {

/// Collects scores and truths of one tag, then ranks. add / value / reset. Agrees with scikit-learn to 1e-9, ties
/// included.
class RocAuc {
public:
    void add(float score, bool truth);
    void reset();

    /// Area under the ROC curve: the probability that a positive scores above a negative, ties counted half
    /// (sklearn.metrics.roc_auc_score). Nothing when there are no positives or no negatives.
    std::optional<double> value() const;

private:
    std::vector<float> scores_;
    std::vector<bool> truths_;
};

/// sum over thresholds of (recall_n - recall_{n-1}) precision_n (sklearn.metrics.average_precision_score). Nothing when
/// there are no positives.
class AveragePrecision {
public:
    void add(float score, bool truth);
    void reset();
    std::optional<double> value() const;

private:
    std::vector<float> scores_;
    std::vector<bool> truths_;
};

}  // namespace earmark
