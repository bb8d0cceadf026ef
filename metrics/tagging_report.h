#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "metrics/ranking.h"

namespace earmark {

/// How well one tag was told. A metric without a value is undefined for this tag (no positives, or no negatives).
struct TagFigures {
    std::size_t positive_count = 0;
    std::optional<double> roc_auc;
    std::optional<double> average_precision;
};

/// The usual figures of music auto-tagging over a set of clips: means over the tags for which a metric is defined
/// (macro average). add / value / reset.
class TaggingReport {
public:
    explicit TaggingReport(std::size_t tag_count);

    /// One clip: a score and a truth (0 or 1) for each tag. REQUIRES: both have tag_count values.
    void add(std::span<const float> scores, std::span<const float> truths);
    void reset();

    std::size_t clip_count() const noexcept { return clip_count_; }
    std::vector<TagFigures> per_tag() const;

    /// Means over tags; nothing when no tag has a value.
    std::optional<double> roc_auc() const;
    std::optional<double> average_precision() const;

    /// Indices of the tags that are left out of a mean: without positives both metrics are undefined, without negatives
    /// ROC-AUC is.
    std::vector<std::size_t> left_out() const;

private:
    std::vector<RocAuc> roc_auc_;
    std::vector<AveragePrecision> average_precision_;
    std::vector<std::size_t> positive_counts_;
    std::size_t clip_count_ = 0;
};

/// The threshold from which on a tag counts as present that gives the highest F1 = 2 true positives / (2 true positives
/// + false positives + false negatives); midway between neighbouring scores, or the lowest score itself where that lets
/// everything through; the highest of equally good ones. Nothing when there are no positives. REQUIRES: as many truths
/// (0 or 1) as scores.
std::optional<float> best_f1_threshold(std::span<const float> scores, std::span<const float> truths);

}  // namespace earmark
