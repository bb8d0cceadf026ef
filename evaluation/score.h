#pragma once

#include <optional>
#include <span>
#include <vector>

#include "earmark/classifier.h"
#include "earmark/matrix.h"
#include "metrics/classification_report.h"
#include "metrics/tagging_report.h"

namespace earmark {

/// The one way from probabilities and targets to a report. No function here changes what it is given: threads may share
/// it.
///
/// A row for each clip: its probability, or its target, for each label. A target is 1, 0, or NaN where it is unknown,
/// as in truth_of_target. The rows point into what they were made of.
using ClipRows = std::vector<std::span<const float>>;

/// The rows of a matrix, clips x labels.
ClipRows clip_rows(const Matrix& matrix);
ClipRows clip_rows(const std::vector<std::vector<float>>& rows);

/// The targets of clips, which have a member `targets`.
template <typename Clip>
ClipRows target_rows(const std::vector<Clip>& clips) {
    ClipRows rows;
    rows.reserve(clips.size());
    for (const Clip& clip : clips) rows.emplace_back(clip.targets);
    return rows;
}

/// The label of a clip that has exactly one; nothing for other clips.
std::optional<std::size_t> single_label(std::span<const float> targets);

/// Adds every clip to `report`, which decides whether a tag is present. REQUIRES: as many targets as probabilities,
/// both with a value for each tag of the report.
TaggingReport tagging_report(TaggingReport report, const ClipRows& probabilities, const ClipRows& targets);

/// The single-label report. Clips that do not have exactly one label keep their place and do not count.
ClassificationReport classification_report(std::size_t label_count, const ClipRows& probabilities,
                                           const ClipRows& targets);

/// The metrics of one set of probabilities. A metric without a value is undefined for these clips.
struct Scores {
    std::optional<double> roc_auc;            ///< mean over labels
    std::optional<double> average_precision;  ///< mean over labels
    std::optional<double> accuracy;           ///< only of a single-label task
};

/// The accuracy only with `output` softmax.
Scores score(const ClipRows& probabilities, const ClipRows& targets, OutputKind output);

}  // namespace earmark
