#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "metrics/f1.h"
#include "metrics/labeled_scores.h"
#include "metrics/tables.h"

namespace earmark {

/// How well one tag was predicted. A metric without a value is undefined for this tag (no positives, or no negatives).
struct TagMetrics {
    std::size_t positive_count = 0;
    std::optional<double> roc_auc;
    std::optional<double> average_precision;
    std::optional<double> f1;     ///< at the threshold of the tag
    std::size_t known_count = 0;  ///< clips of which it is known whether they have the tag
};

/// The usual scores of music auto-tagging over a set of clips: means over the tags for which a metric is defined
/// (macro average).
class TaggingReport {
public:
    /// With a threshold of 0.5 for each tag.
    explicit TaggingReport(std::size_t tag_count);

    /// A tag is predicted from its threshold on.
    explicit TaggingReport(std::vector<float> thresholds);

    /// Exactly one tag of a clip is predicted: the first of those with the highest score.
    static TaggingReport of_single_label(std::size_t tag_count);

    /// One clip: a score and a truth for each tag, as numbers as in truth_of_target (0, 1, or NaN where it is unknown).
    /// REQUIRES: both have tag_count values.
    void add(std::span<const float> scores, std::span<const float> truths);
    void add(std::span<const float> scores, std::span<const Truth> truths);

    std::size_t tag_count() const noexcept { return scores_.size(); }
    std::size_t clip_count() const noexcept { return clip_count_; }
    std::vector<TagMetrics> per_tag() const;

    /// A mean has no value when no tag has one.
    TaggingMetrics metrics() const;

    /// Indices of the tags that are left out of a mean: all metrics of a tag without positives are undefined, and the
    /// ROC-AUC of one without negatives.
    std::vector<std::size_t> left_out() const;

    /// What was added of one tag, clip after clip.
    const LabeledScores& scores(std::size_t tag) const { return scores_[tag]; }

private:
    std::vector<float> thresholds_;
    bool is_single_label_ = false;
    std::vector<LabeledScores> scores_;
    std::size_t clip_count_ = 0;
};

}  // namespace earmark
