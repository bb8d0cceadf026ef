#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "earmark/classifier.h"
#include "earmark/matrix.h"
#include "metrics/bootstrap.h"

namespace earmark {

/// A clip that was scored, by models that never saw it.
struct ScoredClip {
    std::string path;
    std::string artist;
    std::vector<float> targets;  ///< 1, 0, or NaN where it is unknown
};

/// What one kind of model says of the clips: for each seed, clips x labels.
struct StudiedConfiguration {
    std::string name;
    std::size_t feature_count = 0;
    std::vector<Matrix> probabilities;
    std::optional<double> valid_roc_auc;  ///< mean over all runs
};

/// All that the runs of a study said of their test clips. With cross-validation, the clips of all folds together.
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

/// Reads the finished runs of a study. Throws Error: not_found, unreadable, invalid_dataset (the runs do not belong
/// together).
StudyScores read_study(const std::filesystem::path& study, const std::vector<std::uint64_t>& seeds,
                       std::size_t fold_count);

/// One of the figures that a study tells; the mean over its seeds. With cross-validation, ROC-AUC and average precision
/// of a tag are means over the folds in which they are defined: models of different folds are not calibrated alike, and
/// the order of a clip of one fold and a clip of another says little (Forman & Scholz 2010, "Apples-to-apples in
/// cross-validation studies"). Accuracies are over the clips of all folds together.
struct StudyFigure {
    std::optional<double> value;
    std::optional<Interval> interval;
    std::vector<std::optional<double>> by_seed;
};

struct ConfigurationFigures {
    StudyFigure roc_auc;
    StudyFigure average_precision;
    StudyFigure accuracy;           ///< of one label of many
    StudyFigure balanced_accuracy;  ///< the same
    std::vector<StudyFigure> tags;  ///< ROC-AUC of each, without by_seed
};

/// What configuration `a` has more than `b` in ROC-AUC, or in accuracy with one label of many, in the same resamples.
struct StudyComparison {
    std::string a;
    std::string b;
    std::optional<double> difference;
    std::optional<Interval> interval;
    std::optional<double> share_at_or_below_zero;
};

struct StudyFigures {
    std::vector<ConfigurationFigures> configurations;
    std::vector<StudyComparison> comparisons;
};

struct StudyBootstrap {
    std::size_t resample_count = 1000;
    bool by_artist = false;
    std::size_t thread_count = 1;
};

/// Figures with 95 % bootstrap intervals over clips or artists, and comparisons of levels with levels and sizes with
/// sizes.
StudyFigures study_figures(const StudyScores& scores, const StudyBootstrap& bootstrap);

/// What each configuration of `scores` has more than the one of that name in `other`, over the clips that both have.
/// Throws Error (usage) when there are none, or the labels differ.
std::vector<StudyComparison> compare_studies(const StudyScores& scores, const StudyScores& other,
                                             const StudyBootstrap& bootstrap);

}  // namespace earmark
