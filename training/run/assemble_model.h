#pragma once

#include <optional>
#include <string>
#include <vector>

#include "earmark/model.h"
#include "metrics/calibration_error.h"
#include "training/clips/clips.h"
#include "training/recipe/recipe.h"

namespace earmark {

/// What a finished run has learned.
struct LearnedWeights {
    std::vector<NetworkWeights> networks;
    ClassifierWeights classifier;
};

/// What classifiers that were not trained on a clip predict of it: clips x labels, and the clips.
struct OutOfFold {
    Matrix probabilities;
    std::vector<TrainingClip> clips;
    std::vector<bool> are_music = {};  ///< of each clip; empty: all are
};

/// What a model file may have beyond the weights.
struct ModelExtras {
    std::optional<OutOfFold> out_of_fold;  ///< for calibration and thresholds; without it the recipe's are the usual
    std::optional<Gate> gate;
    std::vector<Tag> vocabulary;  ///< a tag for each label, or none
};

/// The calibrated probabilities that a model gives clips, clips x tags, by the code that users run.
Matrix model_probabilities(const Model& model, const std::vector<TrainingClip>& clips, std::size_t worker_count);

/// The model as far as it is known before training.
Model untrained_model(const Recipe& recipe, const std::vector<std::string>& labels, Provenance provenance);

/// Puts the model together: weights as float16 unless one is beyond its range or a probability of a validation clip
/// moves by more than 1e-3, calibrations and thresholds by the recipe, scores on validation and test, scores of tags
/// by `out_of_fold` where `vocabulary` has none (on clips that are music; by what people annotated where they did), the
/// self-test.
/// The license and the text about the training are taken from `provenance`.
Model export_model(const Recipe& recipe, const std::vector<std::string>& labels, LearnedWeights weights,
                   const TrainingClips& clips, Provenance provenance, std::size_t worker_count,
                   ModelExtras extras = {});

/// How well the model's probabilities agree with the targets of clips.
CalibrationReport calibration_report(const Model& model, const std::vector<TrainingClip>& clips,
                                     std::size_t worker_count);

}  // namespace earmark
