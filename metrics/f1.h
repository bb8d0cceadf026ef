#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "metrics/truth.h"

namespace earmark {

/// How many decisions were right and wrong.
struct DecisionCounts {
    std::size_t true_positive_count = 0;
    std::size_t false_positive_count = 0;
    std::size_t false_negative_count = 0;
    std::size_t true_negative_count = 0;

    DecisionCounts& operator+=(const DecisionCounts& other);
    bool operator==(const DecisionCounts&) const = default;

    /// 2 true positives / (2 true positives + false positives + false negatives). Nothing when there are no positives:
    /// sklearn.metrics.f1_score returns 0 there.
    std::optional<double> f1() const;
};

/// The threshold with the highest F1: a tag counts as present from it on. Midway between neighboring scores, or the
/// lowest score itself when every clip is to be counted as present; the highest of equally good ones. Nothing when
/// there are no positives. REQUIRES: as many truths as scores, each as in truth_of_target.
std::optional<float> best_f1_threshold(std::span<const float> scores, std::span<const float> truths);

}  // namespace earmark
