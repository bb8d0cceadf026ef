#pragma once

#include <CLI/App.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "training/study/study.h"

namespace earmark {

/// The options of a study.
struct StudyChoice {
    TrainingOptions training;
    std::size_t seed_count = 1;
    std::optional<std::size_t> fold_count;
    std::string group;                         ///< "artist" or empty
    std::vector<std::string> embedding_files;  ///< "NAME=FILE"
};

/// Recipe, data, output and all else that a single training takes.
void add_training_options(CLI::App& command, TrainingOptions& options);

/// --license NAME, and --licence as another spelling.
void add_license_option(CLI::App& command, std::string& license);

/// --task tags|one-of-many. `help` describes it in --help.
void add_task_option(CLI::App& command, std::optional<OutputKind>& output, const std::string& help);

/// --device auto|cpu|cuda.
void add_device_option(CLI::App& command, DeviceChoice& device);

/// --seeds, --folds, --group, --features.
void add_study_options(CLI::App& command, StudyChoice& choice);

/// Seeds count up from that of the options or the recipe. Throws Error (usage): a file of external embeddings, or the
/// device, is missing.
StudyOptions study_options(const StudyChoice& choice, const TrainingSources& sources);

}  // namespace earmark
