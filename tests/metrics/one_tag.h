#pragma once

#include <vector>

#include "metrics/ranked_scores.h"

namespace earmark::test {

/// The metrics of one tag whose clips are each counted once. A clip is predicted to have the tag from `threshold` on.
inline RankedScores::Metrics metrics_of(const std::vector<float>& scores, const std::vector<float>& truths,
                                        float threshold = 0.5F) {
    LabeledScores labeled;
    for (std::size_t i = 0; i < scores.size(); ++i)
        labeled.add(scores[i], truth_of_target(truths[i]), scores[i] >= threshold);
    return RankedScores(labeled).metrics(std::vector<std::uint32_t>(scores.size(), 1));
}

}  // namespace earmark::test
