#pragma once

#include <string>
#include <vector>

#include "training/features/network_features.h"
#include "training/features/split_features.h"
#include "training/recipe/configuration_id.h"
#include "training/recipe/recipe.h"
#include "training/run/configuration_choice.h"

namespace earmark {

/// NetworkFeatures of one network for the clips of each split.
struct NetworkSplitFeatures {
    NetworkFeatures train;
    NetworkFeatures valid;
    NetworkFeatures test;
};

/// The inputs that a classifier is trained on, or those of several classifiers that are joined.
struct Configuration {
    ConfigurationId id;
    std::vector<int> hidden_units;  ///< of a classifier that is trained
    SplitFeatures features;
    /// With late fusion, the configurations before this one whose classifiers are joined; none where one is trained.
    /// `features` are those of the members side by side, without those of the training split.
    std::vector<ConfigurationId> members = {};
};

/// The configurations of the paper's tables: mel statistics (the baseline), then for each network its last level and
/// all its levels, then the same of all networks.
std::vector<Configuration> configurations(const Recipe& recipe, const std::vector<NetworkSplitFeatures>& networks,
                                          const TrainingClips& clips, const ConfigurationChoice& choice);

/// The predictions of a configuration: clips x labels.
struct SplitProbabilities {
    Matrix valid;
    Matrix test;
};

struct LocalModel {
    ConfigurationId id;
    SplitProbabilities probabilities;
};

/// The local models: each network's, and the mean of all of them.
std::vector<LocalModel> local_models(const Recipe& recipe, const std::vector<NetworkSplitFeatures>& networks);

}  // namespace earmark
