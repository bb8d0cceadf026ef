#pragma once

#include <string>
#include <vector>

#include "earmark/model.h"
#include "training/clips/clips.h"
#include "training/recipe/recipe.h"

namespace earmark {

/// What a finished run has learned.
struct LearnedWeights {
    std::vector<NetworkWeights> networks;
    ClassifierWeights classifier;
};

/// The probabilities that a model gives clips, clips x tags, by the code that users run.
Matrix model_probabilities(const Model& model, const std::vector<TrainingClip>& clips, std::size_t worker_count);

/// The model as far as it is known before training.
Model untrained_model(const Recipe& recipe, const std::vector<std::string>& labels, Provenance provenance);

/// Puts the model together: weights as float16 unless one is beyond its range or a probability of a validation clip
/// moves by more than 1e-3, thresholds with the best F1 on the validation clips, scores on validation and test, the
/// self-test. The license and the text about the training are taken from `provenance`.
Model export_model(const Recipe& recipe, const std::vector<std::string>& labels, LearnedWeights weights,
                   const TrainingClips& clips, Provenance provenance, std::size_t worker_count);

}  // namespace earmark
