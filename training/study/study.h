#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "training/fit/listener.h"
#include "training/run/training_data.h"
#include "training/run/training_options.h"

namespace earmark {

/// One training after another: from several seeds, and for each fold of a cross-validation.
struct StudyOptions {
    TrainingOptions training;               ///< `out` is the folder of the study; seed and fold are the study's
    std::vector<std::uint64_t> seeds;       ///< at least one
    std::optional<std::size_t> fold_count;  ///< cross-validation; without it the splits of the manifest
    bool by_artist = false;                 ///< no artist in two folds
    std::size_t resample_count = 1000;      ///< of the bootstrap of its report
    std::optional<std::filesystem::path> compared = {};  ///< a study that it is compared with, for its settings
    std::filesystem::path program = "/proc/self/exe";    ///< earmark-train, which trains in processes of its own
};

struct StudyOutcome {
    bool finished = false;              ///< false when the listener asked to stop
    std::vector<ClipProblem> problems;  ///< clips that could not be used
};

/// Decodes, looks for copies (with folds: copies.tsv, which is written once), then trains what is not trained yet: each
/// run in a process of its own, with a folder of its own below
/// `out`, such as seed-1/fold-02, and one cache. As many run at the same time as there are workers, which they share;
/// see train_in_processes for what of their events is passed on, all are in their log.jsonl. Called again with the same
/// options it resumes where it was; of a finished run it reads the results, and warns of those that are damaged and
/// finishes that run again. study_settings.h is written first. `sources` are those of the options. Throws as
/// train() does.
StudyOutcome run_study(const StudyOptions& options, const TrainingSources& sources, TrainingListener& listener);

/// The runs of one seed: one for each fold, or one where fold_count is 0.
std::vector<RunId> runs_of(std::uint64_t seed, std::size_t fold_count);

/// Where a study has the audio that it began with: see claim_audio().
std::filesystem::path audio_record(const std::filesystem::path& study);

/// Where a cross-validation has its copies, as write_copies() writes them.
std::filesystem::path copies_file(const std::filesystem::path& study);

/// Their folders, in the same order.
std::vector<std::filesystem::path> run_folders(const std::filesystem::path& study, std::uint64_t seed,
                                               std::size_t fold_count);

}  // namespace earmark
