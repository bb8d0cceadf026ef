#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "earmark/classifier.h"
#include "earmark/matrix.h"
#include "training/clips/clips.h"
#include "training/fit/listener.h"
#include "training/recipe/recipe.h"

namespace earmark {

/// One set of features for the clips of each split: clips x features.
struct SplitFeatures {
    Matrix train;  ///< below the clips there may be changed copies of all of them, and more of these
    Matrix valid;
    Matrix test;
};

/// Step 3: trains a classifier with these hidden layers on `features`, with targets from `clips`, and returns the
/// weights that the recipe keeps. Features are standardised over the training clips; one that never varies is
/// left unscaled. Nothing when the listener asked to stop.
std::optional<ClassifierWeights> learn_classifier(const std::string& name, const Recipe& recipe,
                                                  const std::vector<int>& hidden_units, const SplitFeatures& features,
                                                  const TrainingClips& clips, const std::filesystem::path& checkpoint,
                                                  TrainingListener& listener);

/// A classifier without hidden layers as one layer that takes the features as they are. REQUIRES: one layer.
LayerWeights without_standardisation(const ClassifierWeights& weights);

}  // namespace earmark
