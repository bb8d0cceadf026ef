#include "evaluation/score.h"

#include <algorithm>
#include <cassert>

namespace earmark {

ClipRows clip_rows(const Matrix& matrix) {
    ClipRows rows;
    rows.reserve(matrix.row_count());
    for (std::size_t row = 0; row < matrix.row_count(); ++row) rows.push_back(matrix.row(row));
    return rows;
}

ClipRows clip_rows(const std::vector<std::vector<float>>& rows) { return {rows.begin(), rows.end()}; }

std::optional<std::size_t> single_label(std::span<const float> targets) {
    const auto is_present = [](float target) { return truth_of_target(target) == Truth::present; };
    if (std::ranges::count_if(targets, is_present) != 1) return std::nullopt;
    return static_cast<std::size_t>(std::ranges::find_if(targets, is_present) - targets.begin());
}

TaggingReport tagging_report(TaggingReport report, const ClipRows& probabilities, const ClipRows& targets) {
    assert(probabilities.size() == targets.size());
    for (std::size_t clip = 0; clip < targets.size(); ++clip) report.add(probabilities[clip], targets[clip]);
    return report;
}

ClassificationReport classification_report(std::size_t label_count, const ClipRows& probabilities,
                                           const ClipRows& targets) {
    assert(probabilities.size() == targets.size());
    ClassificationReport report(label_count);
    for (std::size_t clip = 0; clip < targets.size(); ++clip)
        report.add(probabilities[clip], single_label(targets[clip]));
    return report;
}

Scores score(const ClipRows& probabilities, const ClipRows& targets, OutputKind output) {
    const std::size_t label_count = targets.empty() ? 0 : targets.front().size();
    const TaggingMetrics means = tagging_report(TaggingReport(label_count), probabilities, targets).metrics();
    Scores scores{means.roc_auc, means.average_precision, std::nullopt};
    if (output == OutputKind::softmax)
        scores.accuracy = classification_report(label_count, probabilities, targets).metrics().accuracy;
    return scores;
}

}  // namespace earmark
