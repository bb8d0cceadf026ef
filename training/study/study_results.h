#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "earmark/classifier.h"
#include "earmark/matrix.h"
#include "training/recipe/configuration_id.h"

namespace earmark {

/// A clip that was scored, by models that never saw it.
struct ScoredClip {
    std::string path;
    std::string artist;
    std::vector<float> targets;  ///< 1, 0, or NaN where it is unknown
    std::size_t copies = 0;      ///< Clip::copies
};

/// What one configuration predicts of the clips: for each seed, clips x labels.
struct StudiedConfiguration {
    ConfigurationId id;
    std::size_t feature_count = 0;
    std::vector<Matrix> probabilities;
    std::optional<double> valid_roc_auc;  ///< mean over all runs
};

/// All that the runs of a study predict of their test clips. With cross-validation, the clips of all folds together.
struct StudyScores {
    std::vector<std::string> labels;
    OutputKind output = OutputKind::sigmoid;
    bool is_transferred = false;  ///< the networks are those of another model
    std::vector<std::uint64_t> seeds;
    std::size_t fold_count = 0;
    std::vector<ScoredClip> clips;
    std::vector<std::vector<std::size_t>> folds;  ///< for each seed, the fold in which each clip was scored, from 0
    std::vector<StudiedConfiguration> configurations;
};

/// The place of a configuration in `configurations`; nothing when the study has none with this id.
std::optional<std::size_t> place_of(const std::vector<StudiedConfiguration>& configurations, const ConfigurationId& id);

/// The place of whole_method_id, or of the last configuration where a study lacks it. REQUIRES: a configuration.
std::size_t place_of_whole_method(const StudyScores& scores);

/// How many clips have each label.
std::vector<std::size_t> positive_counts(const StudyScores& scores);

/// Reads the finished runs of a study. Throws Error: not_found, unreadable (damaged, or of another format),
/// invalid_dataset (the runs do not belong together).
StudyScores read_study(const std::filesystem::path& study, const std::vector<std::uint64_t>& seeds,
                       std::size_t fold_count);

}  // namespace earmark
