#pragma once

#include <cstddef>
#include <vector>

namespace earmark {

/// What a threshold at `score` lets through: all that score as much or more.
struct RankStep {
    float score = 0.0F;
    std::size_t true_positive_count = 0;
    std::size_t false_positive_count = 0;
};

/// Scores and truths of one tag: what every ranking metric collects. A value.
class LabelledScores {
public:
    /// A score that is not a number ranks below all others.
    void add(float score, bool truth);
    void reset();

    std::size_t positive_count() const noexcept { return positive_count_; }
    std::size_t negative_count() const noexcept { return entries_.size() - positive_count_; }

    /// One step for each distinct score, highest first; the last one lets everything through.
    std::vector<RankStep> steps() const;

private:
    struct Entry {
        float score;
        bool truth;
    };

    std::vector<Entry> entries_;
    std::size_t positive_count_ = 0;
};

}  // namespace earmark
