#pragma once

#include <optional>

#include "metrics/labelled_scores.h"

namespace earmark {

/// Collects scores and truths of one tag, then ranks. add / value / reset. Agrees with scikit-learn to 1e-9, ties
/// included.
class RocAuc {
public:
    void add(float score, bool truth) { scores_.add(score, truth); }
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
    void reset() { scores_.reset(); }
    std::optional<double> value() const;

private:
    LabelledScores scores_;
};

}  // namespace earmark
