#pragma once

#include <cstddef>
#include <vector>

#include "metrics/truth.h"

namespace earmark {

/// The counts at a threshold of `score`: of all clips that score as much or more.
struct RankStep {
    float score = 0.0F;
    std::size_t true_positive_count = 0;
    std::size_t false_positive_count = 0;
};

/// One score, not NaN, with its truth.
struct LabeledScore {
    float score = 0.0F;
    Truth truth = Truth::unknown;
    bool predicted = false;  ///< the tag is predicted
};

/// Scores and truths of one tag: what every ranking metric collects. A value.
class LabeledScores {
public:
    /// A score that is not a number ranks below all others. An unknown truth keeps its place and is not counted.
    void add(float score, Truth truth, bool predicted = false);

    std::size_t positive_count() const noexcept { return positive_count_; }
    std::size_t negative_count() const noexcept { return known_count_ - positive_count_; }
    std::size_t known_count() const noexcept { return known_count_; }

    /// In the order of adding.
    const std::vector<LabeledScore>& entries() const noexcept { return entries_; }

    /// One step for each distinct score, highest first; the last one counts every clip.
    std::vector<RankStep> steps() const;

private:
    std::vector<LabeledScore> entries_;
    std::size_t positive_count_ = 0;
    std::size_t known_count_ = 0;
};

}  // namespace earmark
