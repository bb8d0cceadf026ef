#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "metrics/ranked_scores.h"
#include "metrics/tagging_report.h"

namespace earmark {

/// A tagging report whose scores are put in order once, for the scores of many resamples of its clips. Immutable:
/// threads may share it.
class RankedReport {
public:
    explicit RankedReport(const TaggingReport& report);

    /// Each clip counted `clip_counts` times. Tags for which a metric is undefined then are left out of its
    /// mean. REQUIRES: a count for each clip of the report; their sum is below 2^31.
    TaggingMetrics metrics(std::span<const std::uint32_t> clip_counts) const;

private:
    std::vector<RankedScores> tags_;
};

}  // namespace earmark
