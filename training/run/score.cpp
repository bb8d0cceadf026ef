#include "training/run/score.h"

#include <algorithm>

namespace earmark {

TaggingReport report_on(const Matrix& probabilities, const std::vector<TrainingClip>& clips) {
    TaggingReport report(clips.empty() ? 0 : clips.front().targets.size());
    for (std::size_t clip = 0; clip < clips.size(); ++clip) report.add(probabilities.row(clip), clips[clip].targets);
    return report;
}

ClassificationReport classification_report_on(const Matrix& probabilities, const std::vector<TrainingClip>& clips) {
    ClassificationReport report(probabilities.column_count());
    for (std::size_t clip = 0; clip < clips.size(); ++clip) {
        const std::vector<float>& targets = clips[clip].targets;
        report.add(probabilities.row(clip), std::ranges::find(targets, 1.0F) - targets.begin());
    }
    return report;
}

Figures score(const Matrix& probabilities, const std::vector<TrainingClip>& clips, OutputKind output) {
    const TaggingReport report = report_on(probabilities, clips);
    Figures figures{report.roc_auc(), report.average_precision(), std::nullopt};
    if (output == OutputKind::softmax)
        figures.accuracy = classification_report_on(probabilities, clips).figures().accuracy;
    return figures;
}

}  // namespace earmark
