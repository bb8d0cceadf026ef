#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "metrics/truth.h"

namespace earmark {

/// How often a yes or no was right.
struct DecisionCounts {
    std::size_t true_positive_count = 0;
    std::size_t false_positive_count = 0;
    std::size_t false_negative_count = 0;
    std::size_t true_negative_count = 0;

    DecisionCounts& operator+=(const DecisionCounts& other);
    bool operator==(const DecisionCounts&) const = default;

    /// 2 true positives / (2 true positives + false positives + false negatives). Nothing when there are no positives:
    /// sklearn.metrics.f1_score says 0 there.
    std::optional<double> f1() const;
};

/// F1 of one tag that counts as present from a threshold on. add / value / reset. Agrees with
/// sklearn.metrics.f1_score to 1e-9. What is unknown does not count; a score that is not a number is never present.
class F1 {
public:
    explicit F1(float threshold) : threshold_(threshold) {}

    void add(float score, Truth truth);
    void add(float score, bool truth) { add(score, truth ? Truth::present : Truth::absent); }
    void reset() { counts_ = {}; }

    std::optional<double> value() const { return counts_.f1(); }

    /// The sum of the counts of all tags gives F1 over all of them together (micro average).
    const DecisionCounts& counts() const noexcept { return counts_; }

private:
    float threshold_;
    DecisionCounts counts_;
};

/// The threshold from which on a tag counts as present that gives the highest F1; midway between neighbouring scores,
/// or the lowest score itself where that lets everything through; the highest of equally good ones. Nothing when there
/// are no positives. REQUIRES: as many truths as scores, each as in truth_of_target.
std::optional<float> best_f1_threshold(std::span<const float> scores, std::span<const float> truths);

}  // namespace earmark
