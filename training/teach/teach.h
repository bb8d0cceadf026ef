#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "datasets/manifest/dataset.h"
#include "metrics/confusion_matrix.h"
#include "training/fit/listener.h"
#include "training/run/training_data.h"
#include "training/run/training_options.h"
#include "training/study/study_metrics.h"

namespace earmark {

struct TeachingOptions {
    /// `from` is the model that is taught; the data is one folder with manifest.tsv, whose splits do not matter; `out`
    /// is a folder for intermediate files.
    TrainingOptions training;
    std::filesystem::path model;   ///< the file that is written
    std::filesystem::path source;  ///< what the user named, for messages about the examples
    std::size_t fold_count = 5;
    std::filesystem::path program = "/proc/self/exe";  ///< earmark-train; see StudyOptions
};

/// What is known of one label after teaching.
struct TaughtLabel {
    std::string label;
    std::size_t example_count = 0;
    std::size_t different_count = 0;  ///< of the examples, copies of each other counted once
    StudyMetric roc_auc;              ///< by cross-validation
    std::string doubt;                ///< why the score is not reliable; empty where it is
    bool is_never_predicted = false;  ///< of no clip in the cross-validation
};

struct TeachingOutcome {
    bool finished = false;  ///< false when the listener asked to stop
    std::vector<ClipProblem> problems;
    std::size_t clip_count = 0;
    bool by_artist = false;  ///< no artist was in two folds of the cross-validation, as far as artists are known
    std::size_t without_artist_count = 0;  ///< clips whose artist is not known
    ConfigurationMetrics metrics;
    OutputKind output = OutputKind::sigmoid;
    std::vector<TaughtLabel> labels;
    std::optional<ConfusionMatrix> confusion;  ///< of a single-label task, over the folds together, in this order
};

/// Trains a classifier for other tags from examples: cross-validates it on the embeddings of the model, then trains
/// one on all clips, with the thresholds and scores that the cross-validation found. Throws Error (invalid_dataset)
/// when there are fewer than two labels to distinguish, and as train() does. `sources` are those of
/// options.training.
TeachingOutcome teach(const TeachingOptions& options, const TrainingSources& sources, TrainingListener& listener);

}  // namespace earmark
