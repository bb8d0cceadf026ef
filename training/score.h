#pragma once

#include <string>
#include <vector>

#include "earmark/matrix.h"
#include "metrics/tagging_report.h"
#include "training/clips.h"

namespace earmark {

/// How well one configuration (a set of features, or local models) tells the tags of a split.
struct Figures {
    std::optional<double> roc_auc;            ///< mean over tags
    std::optional<double> average_precision;  ///< mean over tags
};

/// One line of the table of a training run.
struct ConfigurationResult {
    std::string name;
    std::size_t feature_count = 0;  ///< 0 for local models
    Figures valid;
    Figures test;
};

/// `probabilities` is clips x labels.
TaggingReport report_on(const Matrix& probabilities, const std::vector<TrainingClip>& clips);

Figures score(const Matrix& probabilities, const std::vector<TrainingClip>& clips);

}  // namespace earmark
