#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

#include "metrics/resampling.h"

namespace earmark {

struct Interval {
    double low = 0.0;
    double high = 0.0;

    bool operator==(const Interval&) const = default;
};

/// The values of one score in the resamples in which it was defined.
class BootstrapDistribution {
public:
    static constexpr double usual_confidence = 0.95;

    BootstrapDistribution() = default;
    explicit BootstrapDistribution(std::vector<double> values);

    std::size_t defined_count() const noexcept { return values_.size(); }

    /// The percentile interval: from quantile (1 - confidence) / 2 to (1 + confidence) / 2, which
    /// are interpolated as numpy.percentile does. Nothing when the score was never defined.
    std::optional<Interval> interval(double confidence = usual_confidence) const;

    /// The same less the bias: moved by the difference between `value`, the score of the clips themselves, and the mean
    /// of the resamples. For scores that resamples raise because they hold clips more than once. Limited to [0, 1].
    std::optional<Interval> unbiased_interval(double value, double confidence = usual_confidence) const;

    /// Of the resamples in which the score was defined.
    std::optional<double> share_at_or_below(double bound) const;

private:
    std::vector<double> values_;  // in order
};

/// Computes scores of the clips, each counted `clip_counts` times; in a fixed order. Must be callable from
/// several threads at once.
using ScoreFunction = std::function<std::vector<std::optional<double>>(std::span<const std::uint32_t> clip_counts)>;

/// Computes the scores of each resample. The result does not depend on `thread_count`. Rethrows what a thread
/// throws; throws Error (canceled) when `stop` is requested. REQUIRES: resample_count > 0, thread_count > 0.
std::vector<BootstrapDistribution> bootstrap(const Resampling& resampling, std::size_t resample_count,
                                             const ScoreFunction& scores, std::size_t thread_count = 1,
                                             const std::stop_token& stop = {});

}  // namespace earmark
