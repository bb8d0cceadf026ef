#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "metrics/bootstrap.h"
#include "training/study/study_results.h"

namespace earmark {

/// A metric of a study: the mean over its seeds. With cross-validation, ROC-AUC and average precision of a tag are
/// means over the folds in which they are defined: models of different folds are not calibrated alike, and the order of
/// a clip of one fold and a clip of another means little (Forman & Scholz 2010, "Apples-to-apples in cross-validation
/// studies"). Accuracies are over the clips of all folds together.
struct StudyMetric {
    std::optional<double> value;
    std::optional<Interval> interval;  ///< 95 %, by bootstrap
    std::vector<std::optional<double>> by_seed;
};

struct ConfigurationMetrics {
    StudyMetric roc_auc;
    StudyMetric average_precision;
    StudyMetric accuracy;           ///< of a single-label task
    StudyMetric balanced_accuracy;  ///< the same
    std::vector<StudyMetric> tags;  ///< ROC-AUC of each, without by_seed
};

/// By how much configuration `a` is better than `b` in ROC-AUC, or in accuracy in a single-label task, in the same
/// resamples.
struct StudyComparison {
    ConfigurationId a;
    ConfigurationId b;
    std::optional<double> difference;
    std::optional<Interval> interval;
    std::optional<double> not_better_share;  ///< of the resamples: those in which `a` was not better
};

struct StudyMetrics {
    std::vector<ConfigurationMetrics> configurations;  ///< as in StudyScores
    std::vector<StudyComparison> comparisons;
};

struct StudyBootstrap {
    std::size_t resample_count = 1000;
    bool by_artist = false;  ///< draw artists, not clips; copies are drawn together in any case
    std::size_t thread_count = 1;
};

/// Metrics with 95 % bootstrap intervals over clips or artists, and comparisons: all levels with the last level, and
/// the whole method with each of its scales, unions of scales, local models, baselines and external embeddings.
StudyMetrics study_metrics(const StudyScores& scores, const StudyBootstrap& bootstrap);

}  // namespace earmark
