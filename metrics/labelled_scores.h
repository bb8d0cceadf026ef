#pragma once

#include <cstddef>
#include <vector>

#include "metrics/truth.h"

namespace earmark {

/// What a threshold at `score` lets through: all that score as much or more.
struct RankStep {
    float score = 0.0F;
    std::size_t true_positive_count = 0;
    std::size_t false_positive_count = 0;
};

/// One score, not NaN, with its truth.
struct LabelledScore {
    float score = 0.0F;
    Truth truth = Truth::unknown;
    bool told = false;  ///< the tag is told to be present
};

/// Scores and truths of one tag: what every ranking metric collects. A value.
class LabelledScores {
public:
    /// A score that is not a number ranks below all others. What is unknown is kept in its place and counts nowhere.
    void add(float score, Truth truth, bool told = false);

    std::size_t positive_count() const noexcept { return positive_count_; }
    std::size_t negative_count() const noexcept { return known_count_ - positive_count_; }
    std::size_t known_count() const noexcept { return known_count_; }

    /// In the order of adding.
    const std::vector<LabelledScore>& entries() const noexcept { return entries_; }

    /// One step for each distinct score, highest first; the last one lets everything through.
    std::vector<RankStep> steps() const;

private:
    std::vector<LabelledScore> entries_;
    std::size_t positive_count_ = 0;
    std::size_t known_count_ = 0;
};

}  // namespace earmark
