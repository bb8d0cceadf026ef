#pragma once

#include <cstddef>
#include <vector>

#include "metrics/bootstrap.h"
#include "training/study/seed_report.h"
#include "training/study/study_metrics.h"

namespace earmark {

/// Two configurations by their place.
struct ConfigurationPair {
    std::size_t a = 0;
    std::size_t b = 0;
};

/// A configuration and, for each seed, the fold of each clip.
struct FoldedConfiguration {
    const StudiedConfiguration& configuration;
    const std::vector<std::vector<std::size_t>>& folds;
};

/// Configurations and pairs of them, as one row of metrics for each resample: the metrics of each configuration (means
/// over its seeds), then the difference of each pair. Does not change: threads may share it.
class StudyRows {
public:
    StudyRows(const std::vector<FoldedConfiguration>& configurations, const std::vector<ScoredClip>& clips,
              OutputKind output, std::vector<ConfigurationPair> pairs);

    /// Of one configuration, seed after seed.
    std::vector<MetricRow> seed_rows(std::size_t configuration, ClipCounts clip_counts) const;

    MetricRow row(ClipCounts clip_counts) const;

    /// Where the metrics of a configuration, and the difference of a pair, are in a row.
    std::size_t first_column(std::size_t configuration) const { return configuration * width_; }
    std::size_t difference_column(std::size_t pair) const { return reports_.size() * width_ + pair; }

private:
    std::vector<std::vector<SeedReport>> reports_;  ///< configurations x seeds
    std::vector<ConfigurationPair> pairs_;
    std::size_t compared_column_;
    std::size_t width_;  ///< columns of a configuration
};

/// The row of the clips themselves, and the distribution of each of its columns over resamples.
struct ResampledRow {
    MetricRow row;
    std::vector<BootstrapDistribution> distributions;

    StudyMetric metric(std::size_t column) const;

    /// Of average precision: resamples contain some clips more than once, which raises that of rare tags.
    StudyMetric unbiased_metric(std::size_t column) const;

    StudyComparison comparison(const ConfigurationId& a, const ConfigurationId& b, std::size_t column) const;
};

/// The group of each clip that resamples draw as a whole: with its copies and, where asked for, all clips by its
/// artist.
std::vector<std::size_t> drawn_groups(const std::vector<ScoredClip>& clips, bool by_artist);

ResampledRow resample(const StudyRows& rows, const std::vector<ScoredClip>& clips, const StudyBootstrap& bootstrap);

}  // namespace earmark
