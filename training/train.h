#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "earmark/precision.h"
#include "training/listener.h"
#include "training/recipe.h"
#include "training/score.h"

namespace earmark {

struct TrainingOptions {
    std::filesystem::path recipe;
    std::filesystem::path data;  ///< folder with manifest.tsv
    std::filesystem::path out;   ///< folder for everything that the run writes; made when it does not exist
    std::optional<std::filesystem::path> tags;   ///< list of labels; without it all labels of the training split
    std::optional<std::filesystem::path> cache;  ///< folder of the log-mel cache; without it a folder in `out`
    std::size_t worker_count = 1;
    Precision precision = Precision::automatic;  ///< of step 1
    std::string command;                         ///< as typed, for the model card
    std::string licence;                         ///< of the model
};

struct TrainingOutcome {
    bool finished = false;                     ///< false when the listener asked to stop
    std::vector<std::string> problems;         ///< a line for each clip that could not be used
    std::vector<ConfigurationResult> results;  ///< local models, single levels, all levels, everything
    std::map<int, double> frames_per_second;   ///< of step 1, by segment_frames: median over the epochs of this process
    std::filesystem::path model;               ///< the file that was written
};

/// The whole method: decodes into the cache, then step 1 for each network, step 2, step 3. Writes into `out`:
/// model.earmark, model-card.md, results.json, log.jsonl, and what it needs to go on after an interruption. Called
/// again with the same options it goes on where it was. Throws Error: invalid_recipe, invalid_dataset, not_found,
/// unreadable (a checkpoint is damaged), unwritable, usage (`out` holds a run of another recipe, other tags or another
/// manifest).
TrainingOutcome train(const TrainingOptions& options, TrainingListener& listener);

}  // namespace earmark
