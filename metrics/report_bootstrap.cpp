#include "metrics/report_bootstrap.h"

#include <cassert>

#include "metrics/ranked_report.h"

namespace earmark {
namespace {

using Row = std::vector<std::optional<double>>;
using ClipCounts = std::span<const std::uint32_t>;

Row difference_of_rows(const Row& a, const Row& b) {
    assert(a.size() == b.size());
    Row row(a.size());
    for (std::size_t i = 0; i < row.size(); ++i) {
        if (a[i] && b[i]) row[i] = *a[i] - *b[i];
    }
    return row;
}

std::vector<BootstrapDistribution> distributions(const Resampling& resampling, const BootstrapSettings& settings,
                                                 const ScoreFunction& scores) {
    return bootstrap(resampling, settings.resample_count, scores, settings.thread_count, settings.stop);
}

}  // namespace

TaggingDistributions bootstrap(const TaggingReport& report, const Resampling& resampling,
                               const BootstrapSettings& settings) {
    assert(report.clip_count() == resampling.clip_count());
    const RankedReport ranked(report);
    const auto row = [&](ClipCounts counts) { return row_of(ranked.metrics(counts)); };
    return tagging_table<BootstrapDistribution>(distributions(resampling, settings, row));
}

ClassificationDistributions bootstrap(const ClassificationReport& report, const Resampling& resampling,
                                      const BootstrapSettings& settings) {
    assert(report.clip_count() == resampling.clip_count());
    const auto row = [&](ClipCounts counts) { return row_of(report.metrics(counts)); };
    return classification_table<BootstrapDistribution>(distributions(resampling, settings, row));
}

TaggingMetrics difference(const TaggingMetrics& report, const TaggingMetrics& other) {
    return tagging_table<std::optional<double>>(difference_of_rows(row_of(report), row_of(other)));
}

ClassificationMetrics difference(const ClassificationMetrics& report, const ClassificationMetrics& other) {
    return classification_table<std::optional<double>>(difference_of_rows(row_of(report), row_of(other)));
}

TaggingDistributions paired_bootstrap(const TaggingReport& report, const TaggingReport& other,
                                      const Resampling& resampling, const BootstrapSettings& settings) {
    assert(report.clip_count() == resampling.clip_count() && other.clip_count() == report.clip_count());
    const RankedReport ranked(report);
    const RankedReport ranked_other(other);
    const auto row = [&](ClipCounts counts) {
        return difference_of_rows(row_of(ranked.metrics(counts)), row_of(ranked_other.metrics(counts)));
    };
    return tagging_table<BootstrapDistribution>(distributions(resampling, settings, row));
}

ClassificationDistributions paired_bootstrap(const ClassificationReport& report, const ClassificationReport& other,
                                             const Resampling& resampling, const BootstrapSettings& settings) {
    assert(report.clip_count() == resampling.clip_count() && other.clip_count() == report.clip_count());
    const auto row = [&](ClipCounts counts) {
        return difference_of_rows(row_of(report.metrics(counts)), row_of(other.metrics(counts)));
    };
    return classification_table<BootstrapDistribution>(distributions(resampling, settings, row));
}

}  // namespace earmark
