#pragma once

#include <cstddef>

#include "training/clips/clips.h"
#include "training/recipe/recipe.h"
#include "training/run/configurations.h"

namespace earmark {

/// Step 2 for one network of the recipe: what it gives for the clips of each split. Below the training clips are the
/// recipe's augmented copies: copy 1 of every clip, then copy 2 of every clip, and so on.
NetworkSplitFeatures split_network_features(const Recipe& recipe, std::size_t network, const NetworkWeights& weights,
                                            const TrainingClips& clips, std::size_t worker_count);

}  // namespace earmark
