#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "earmark/classifier.h"
#include "training/clips/clips.h"
#include "training/features/split_features.h"
#include "training/fit/compute.h"
#include "training/fit/listener.h"
#include "training/recipe/recipe.h"

namespace earmark {

/// Step 3: trains a classifier with these hidden layers on `features`, with targets from `clips`, and returns the
/// weights that the recipe keeps. The inputs are standardized over the training clips; one that never varies is
/// left unscaled. Nothing when the listener asked to stop.
std::optional<ClassifierWeights> learn_classifier(const TaskId& task, const Recipe& recipe,
                                                  const std::vector<int>& hidden_units, const SplitFeatures& features,
                                                  const TrainingClips& clips, const Compute& compute,
                                                  const std::filesystem::path& checkpoint, TrainingListener& listener);

/// A classifier without hidden layers as one layer that takes its inputs as they are. REQUIRES: one layer.
LayerWeights without_standardization(const ClassifierWeights& weights);

}  // namespace earmark
