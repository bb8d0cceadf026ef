#include "training/score.h"

namespace earmark {

TaggingReport report_on(const Matrix& probabilities, const std::vector<TrainingClip>& clips) {
    TaggingReport report(clips.empty() ? 0 : clips.front().targets.size());
    for (std::size_t clip = 0; clip < clips.size(); ++clip) report.add(probabilities.row(clip), clips[clip].targets);
    return report;
}

Figures score(const Matrix& probabilities, const std::vector<TrainingClip>& clips) {
    const TaggingReport report = report_on(probabilities, clips);
    return {report.roc_auc(), report.average_precision()};
}

}  // namespace earmark
