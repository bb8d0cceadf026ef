#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "metrics/resampling.h"

namespace earmark {

struct Interval {
    double low = 0.0;
    double high = 0.0;

    bool operator==(const Interval&) const = default;
};

/// What one figure came to in the resamples in which it was defined.
class BootstrapDistribution {
public:
    static constexpr double usual_confidence = 0.95;

    BootstrapDistribution() = default;
    explicit BootstrapDistribution(std::vector<double> values);

    std::size_t defined_count() const noexcept { return values_.size(); }

    /// The percentile interval: what lies between the quantiles (1 - confidence) / 2 and (1 + confidence) / 2, which
    /// are interpolated as numpy.percentile does. Nothing when the figure was never defined.
    std::optional<Interval> interval(double confidence = usual_confidence) const;

    /// The same, moved by as much as the mean of the resamples lies beside `value`, the figure of the clips themselves:
    /// for figures within [0, 1] that resamples lift, because they hold clips more than once. Ends at 0 and 1.
    std::optional<Interval> unbiased_interval(double value, double confidence = usual_confidence) const;

    /// Of the resamples in which the figure was defined.
    std::optional<double> share_at_or_below(double bound) const;

private:
    std::vector<double> values_;  // in order
};

/// Figures of the clips, each counted as often as `clip_counts` says; in a fixed order. Must be callable from several
/// threads at once.
using Statistic = std::function<std::vector<std::optional<double>>(std::span<const std::uint32_t> clip_counts)>;

/// Computes the figures of each resample. The result does not depend on `thread_count`. What a thread throws is thrown
/// on. REQUIRES: resample_count > 0, thread_count > 0.
std::vector<BootstrapDistribution> bootstrap(const Resampling& resampling, std::size_t resample_count,
                                             const Statistic& statistic, std::size_t thread_count = 1);

}  // namespace earmark
