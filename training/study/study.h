#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "training/run/train.h"

namespace earmark {

/// One training after another: from several seeds, and for each part of a cross-validation.
struct StudyOptions {
    TrainingOptions training;               ///< `out` is the folder of the study; seed and fold are the study's
    std::vector<std::uint64_t> seeds;       ///< at least one
    std::optional<std::size_t> fold_count;  ///< cross-validation; without it the splits of the manifest
    bool by_artist = false;                 ///< no artist in two parts
};

struct StudyOutcome {
    bool finished = false;              ///< false when the listener asked to stop
    std::vector<std::string> problems;  ///< a line for each clip that could not be used
};

/// Trains what is not trained yet, each run in a folder of its own below `out`, such as seed-1/fold-02, with one cache.
/// With more than one worker and more than one run, runs are trained side by side, in processes of their own that share
/// the workers; what they tell is then only in their log.jsonl. Called again with the same options it goes on where it
/// was. Throws as train() does.
StudyOutcome run_study(const StudyOptions& options, TrainingListener& listener);

/// The folders of the runs of one seed, fold after fold.
std::vector<std::filesystem::path> run_folders(const std::filesystem::path& study, std::uint64_t seed,
                                               std::size_t fold_count);

}  // namespace earmark
