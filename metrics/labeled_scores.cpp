#include "metrics/labeled_scores.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

namespace earmark {

void LabeledScores::add(float score, Truth truth, bool predicted) {
    // Not-a-number is neither above nor below anything, and sorting would be undefined.
    entries_.push_back({std::isnan(score) ? -std::numeric_limits<float>::infinity() : score, truth, predicted});
    if (truth == Truth::present) ++positive_count_;
    if (truth != Truth::unknown) ++known_count_;
}

std::vector<RankStep> LabeledScores::steps() const {
    auto ranked = entries_;
    std::erase_if(ranked, [](const LabeledScore& entry) { return entry.truth == Truth::unknown; });
    std::ranges::sort(ranked, std::greater{}, &LabeledScore::score);
    std::vector<RankStep> steps;
    RankStep step;
    for (std::size_t i = 0; i < ranked.size(); ++i) {
        ++(ranked[i].truth == Truth::present ? step.true_positive_count : step.false_positive_count);
        step.score = ranked[i].score;
        const bool last_of_its_score = i + 1 == ranked.size() || ranked[i + 1].score != step.score;
        if (last_of_its_score) steps.push_back(step);
    }
    return steps;
}

}  // namespace earmark
