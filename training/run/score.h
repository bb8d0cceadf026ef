#pragma once

#include <string>
#include <vector>

#include "earmark/matrix.h"
#include "metrics/classification_report.h"
#include "metrics/tagging_report.h"
#include "training/clips/clips.h"

namespace earmark {

/// How well one configuration (a set of features, or local models) tells the tags of a split.
struct Figures {
    std::optional<double> roc_auc;            ///< mean over tags
    std::optional<double> average_precision;  ///< mean over tags
    std::optional<double> accuracy;           ///< of one label of many
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

/// REQUIRES: clips that have exactly one label.
ClassificationReport classification_report_on(const Matrix& probabilities, const std::vector<TrainingClip>& clips);

/// The accuracy only with `output` softmax.
Figures score(const Matrix& probabilities, const std::vector<TrainingClip>& clips, OutputKind output);

}  // namespace earmark
