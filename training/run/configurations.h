#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "evaluation/score.h"
#include "training/classification/classification.h"
#include "training/features/network_features.h"
#include "training/recipe/recipe.h"

namespace earmark {

/// NetworkFeatures of one network for the clips of each split.
struct NetworkSplitFeatures {
    NetworkFeatures train;
    NetworkFeatures valid;
    NetworkFeatures test;
};

/// A set of features that a classifier is trained on, or that several are which are joined.
struct Configuration {
    std::string name;
    std::vector<int> hidden_units;  ///< of a classifier that is trained
    SplitFeatures features;
    /// With late fusion, the configurations before this one whose classifiers are joined; none where one is trained.
    /// `features` are those of the members side by side, without the training part.
    std::vector<std::string> members = {};
};

/// One line of the table of a training run.
struct ConfigurationResult {
    std::string name;
    std::size_t feature_count = 0;  ///< 0 for local models
    Scores valid;
    Scores test;
};

/// Vectors from elsewhere that the same classifier is trained on, for comparison.
struct FeatureFile {
    std::string name;
    std::filesystem::path path;  ///< see read_features
};

/// Which configurations a run scores. The last one is always what the model is made of: all levels of all networks.
struct ConfigurationChoice {
    /// Also each level alone, the networks that come one by one, and the statistics of cepstral coefficients with a
    /// classifier without hidden layers: what the paper's analysis shows, and the classic baseline.
    bool whole_study = false;
    bool only_the_model = false;  ///< nothing but what the model is made of; with late fusion each size as well
    std::vector<FeatureFile> feature_files;
};

/// The feature sets of the paper's tables: mel statistics (the baseline), then for each network its last level and all
/// its levels, then the same of all networks.
std::vector<Configuration> configurations(const Recipe& recipe, const std::vector<NetworkSplitFeatures>& networks,
                                          const TrainingClips& clips, const ConfigurationChoice& choice);

/// What a configuration says of clips: clips x labels.
struct SplitProbabilities {
    Matrix valid;
    Matrix test;
};

struct LocalModel {
    std::string name;
    SplitProbabilities probabilities;
};

/// The local models: each network's, and the mean of all of them.
std::vector<LocalModel> local_models(const Recipe& recipe, const std::vector<NetworkSplitFeatures>& networks);

}  // namespace earmark
