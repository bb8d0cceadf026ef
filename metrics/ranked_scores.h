#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "metrics/f1.h"
#include "metrics/labeled_scores.h"

namespace earmark {

/// Scores of one tag, put in order once, so that the scores of any resample of its clips cost one pass. Immutable:
/// threads may share it.
class RankedScores {
public:
    struct Metrics {
        std::optional<double> roc_auc;
        std::optional<double> average_precision;
        DecisionCounts decisions;
    };

    explicit RankedScores(const LabeledScores& scores);

    /// Each clip counted `clip_counts` times: as scikit-learn with these as sample_weight.
    /// REQUIRES: a count for each entry of the scores; their sum is below 2^31.
    Metrics metrics(std::span<const std::uint32_t> clip_counts) const;

private:
    struct Entry {
        std::uint32_t clip;
        bool positive;
        bool predicted;
        bool last_of_its_score;
    };

    std::vector<Entry> entries_;  // highest score first, without unknown truths
};

}  // namespace earmark
