#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "earmark/classifier.h"
#include "evaluation/score.h"
#include "metrics/ranked_report.h"

namespace earmark {

/// The metrics of a configuration side by side: those of Column, then the ROC-AUC of each tag from first_tag on.
using MetricRow = std::vector<std::optional<double>>;
enum Column : std::size_t {
    roc_auc_column,
    average_precision_column,
    accuracy_column,
    balanced_accuracy_column,
    first_tag_column
};

/// How often each clip is in a resample.
using ClipCounts = std::span<const std::uint32_t>;

/// The clips that one model scored, ready for the metrics of any resample. Does not change: threads may share it.
class FoldReport {
public:
    /// `places` are those of the fold's clips.
    FoldReport(const ClipRows& probabilities, const ClipRows& targets, std::vector<std::size_t> places);

    TaggingMetrics metrics(ClipCounts clip_counts) const;

private:
    std::vector<std::size_t> places_;
    RankedReport ranked_;
};

/// One configuration from one seed, ready for the metrics of any resample. Does not change: threads may share it.
class SeedReport {
public:
    /// `folds` has the fold of each clip. REQUIRES: a clip.
    SeedReport(const ClipRows& probabilities, const ClipRows& targets, const std::vector<std::size_t>& folds,
               OutputKind output);

    std::size_t tag_count() const noexcept { return tag_count_; }
    MetricRow metrics(ClipCounts clip_counts) const;

private:
    std::size_t tag_count_;
    std::vector<FoldReport> folds_;
    std::optional<ClassificationReport> classification_;
};

}  // namespace earmark
