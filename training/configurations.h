#pragma once

#include <string>
#include <vector>

#include "training/classification.h"
#include "training/features.h"
#include "training/recipe.h"
#include "training/score.h"

namespace earmark {

/// NetworkFeatures of one network for the clips of each split.
struct NetworkSplitFeatures {
    NetworkFeatures train;
    NetworkFeatures valid;
    NetworkFeatures test;
};

/// A set of features that a classifier is trained on.
struct Configuration {
    std::string name;
    SplitFeatures features;
};

/// The feature sets of the paper's tables: mel statistics (the baseline), then for each network its last level and all
/// its levels, then the same of all networks. The last one is what the model is made of.
std::vector<Configuration> configurations(const Recipe& recipe, const std::vector<NetworkSplitFeatures>& networks,
                                          const TrainingClips& clips);

/// The local models: for each network, and the mean of all of them.
std::vector<ConfigurationResult> local_results(const Recipe& recipe, const std::vector<NetworkSplitFeatures>& networks,
                                               const TrainingClips& clips);

}  // namespace earmark
