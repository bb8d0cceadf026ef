#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "datasets/manifest/dataset.h"
#include "earmark/precision.h"
#include "training/fit/listener.h"
#include "training/recipe/recipe.h"
#include "training/run/configurations.h"
#include "training/run/results.h"

namespace earmark {

/// One round of a cross-validation.
struct Fold {
    FoldPlan plan;
    std::size_t index = 0;       ///< below plan.fold_count
    bool is_test_empty = false;  ///< what would be the test part is trained on as well
};

struct TrainingOptions {
    std::filesystem::path recipe;
    std::vector<std::filesystem::path> data;  ///< folders with manifest.tsv; see join_datasets
    std::filesystem::path out;  ///< folder for everything that the run writes; made when it does not exist
    std::optional<std::filesystem::path> tags;   ///< list of labels; without it all labels of the training split
    std::optional<std::filesystem::path> cache;  ///< folder of the log-mel cache; without it a folder in `out`
    std::size_t worker_count = 1;
    Precision precision = Precision::automatic;  ///< of step 1
    /// Transfer: a model file whose spectrogram and networks are kept, in place of the recipe's. Step 1 then only
    /// learns the output layers of the networks.
    std::optional<std::filesystem::path> from;
    std::optional<std::uint64_t> seed;  ///< in place of the recipe's
    std::optional<OutputKind> output;   ///< in place of the recipe's
    std::optional<Fold> fold;           ///< in place of the splits of the manifest
    ConfigurationChoice configurations;
    std::string command;  ///< as typed, for the model card
    std::string licence;  ///< of the model
};

struct TrainingOutcome {
    bool finished = false;                     ///< false when the listener asked to stop
    std::vector<std::string> problems;         ///< a line for each clip that could not be used
    std::vector<ConfigurationResult> results;  ///< local models, single levels, all levels, everything
    std::map<int, double> frames_per_second;   ///< of step 1, by segment_frames: median over the epochs of this process
    std::filesystem::path model;               ///< the file that was written
};

/// "allmusic + mirex, fold 2 of 5"
std::string data_name(const TrainingOptions& options);

/// ISO 8601, in UTC.
std::string today();

/// The whole method: decodes into the cache, then step 1 for each network, step 2, step 3. Writes into `out`:
/// model.earmark, model-card.md, results.json, predictions/ (what each configuration says of the clips it was not
/// trained on), log.jsonl, and what it needs to go on after an interruption. Called again with the same options it goes
/// on where it was. Throws Error: invalid_recipe, invalid_dataset, not_found, unreadable (a checkpoint is damaged),
/// unwritable, usage (`out` holds a run of another recipe, other tags or another manifest).
TrainingOutcome train(const TrainingOptions& options, TrainingListener& listener);

/// Throws Error (usage) when `out` holds a run of something else than the options ask for, and as train() does when
/// recipe, tags or data cannot be read.
void check_run(const TrainingOptions& options);

/// The decoding of train() alone, for trainings side by side that share a cache. Returns a line for each clip that
/// could not be used, or nothing when the listener asked to stop. Throws as train() does.
std::optional<std::vector<std::string>> fill_cache(const TrainingOptions& options, TrainingListener& listener);

}  // namespace earmark
