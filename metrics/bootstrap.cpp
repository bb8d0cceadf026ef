#include "metrics/bootstrap.h"

#include <algorithm>
#include <cassert>
#include <numeric>
#include <string>
#include <utility>

#include "base/side_by_side.h"
#include "earmark/error.h"

namespace earmark {
namespace {

using Row = std::vector<std::optional<double>>;

double quantile(const std::vector<double>& ordered, double share) {
    const double place = share * static_cast<double>(ordered.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, ordered.size() - 1);
    return ordered[below] + (place - static_cast<double>(below)) * (ordered[above] - ordered[below]);
}

std::vector<Row> rows_of_resamples(const Resampling& resampling, std::size_t resample_count,
                                   const ScoreFunction& scores, std::size_t thread_count, const std::stop_token& stop) {
    std::vector<Row> rows;
    const auto make_worker = [&] {
        return [&](std::size_t resample, const std::stop_token&) {
            return std::optional(scores(resampling.clip_counts(resample)));
        };
    };
    work_side_by_side({.worker_count = thread_count, .stop = stop}, indices_below(resample_count), make_worker,
                      [&](Row row) { rows.push_back(std::move(row)); });
    if (rows.size() < resample_count) {
        throw Error(ErrorCode::canceled, "stopped: " + std::to_string(rows.size()) + " of " +
                                             std::to_string(resample_count) + " resamples were computed");
    }
    return rows;
}

}  // namespace

BootstrapDistribution::BootstrapDistribution(std::vector<double> values) : values_(std::move(values)) {
    std::ranges::sort(values_);
}

std::optional<Interval> BootstrapDistribution::interval(double confidence) const {
    if (values_.empty()) return std::nullopt;
    const double tail = (1.0 - confidence) / 2.0;
    return Interval{quantile(values_, tail), quantile(values_, 1.0 - tail)};
}

std::optional<Interval> BootstrapDistribution::unbiased_interval(double value, double confidence) const {
    const auto lifted = interval(confidence);
    if (!lifted) return std::nullopt;
    const double mean = std::accumulate(values_.begin(), values_.end(), 0.0) / static_cast<double>(values_.size());
    const double shift = value - mean;
    return Interval{std::clamp(lifted->low + shift, 0.0, 1.0), std::clamp(lifted->high + shift, 0.0, 1.0)};
}

std::optional<double> BootstrapDistribution::share_at_or_below(double bound) const {
    if (values_.empty()) return std::nullopt;
    const auto count = std::ranges::upper_bound(values_, bound) - values_.begin();
    return static_cast<double>(count) / static_cast<double>(values_.size());
}

std::vector<BootstrapDistribution> bootstrap(const Resampling& resampling, std::size_t resample_count,
                                             const ScoreFunction& scores, std::size_t thread_count,
                                             const std::stop_token& stop) {
    assert(resample_count > 0 && thread_count > 0);
    const std::vector<Row> rows =
        rows_of_resamples(resampling, resample_count, scores, std::min(thread_count, resample_count), stop);
    std::vector<BootstrapDistribution> distributions;
    for (std::size_t metric = 0; metric < rows.front().size(); ++metric) {
        std::vector<double> values;
        for (const Row& row : rows) {
            if (row[metric]) values.push_back(*row[metric]);
        }
        distributions.emplace_back(std::move(values));
    }
    return distributions;
}

}  // namespace earmark
