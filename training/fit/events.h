#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "datasets/manifest/dataset.h"
#include "training/recipe/configuration_id.h"

namespace earmark {

/// What is trained by gradient descent.
struct TaskId {
    enum class Kind {
        local_network,  ///< step 1
        local_output,   ///< the output layer of a network that a transfer keeps
        classifier,     ///< step 3
    };
    Kind kind = Kind::local_network;
    int segment_frames = 0;         ///< of local_network and local_output
    ConfigurationId configuration;  ///< of classifier: what it is trained on

    bool operator==(const TaskId&) const = default;
};

/// "local network 27", "output of network 27", "classifier, all levels, all scales".
std::string to_string(const TaskId& task);

/// For names of files: "local-network-27", "classifier-all-levels-all-scales". Different for different tasks.
std::string file_name(const TaskId& task);

/// One training of a study.
struct RunId {
    std::uint64_t seed = 1;
    std::optional<std::size_t> fold;  ///< of a cross-validation, counted from 1

    bool operator==(const RunId&) const = default;
};

/// "seed-3" or "seed-3/fold-01": also its folder in that of the study.
std::string to_string(const RunId& run);

/// What begins now.
struct Phase {
    enum class Kind {
        decoding,     ///< of the clips into the log-mel cache
        copies,       ///< are looked for among the clips
        task,         ///< a network or classifier is trained
        networks,     ///< several networks are trained side by side; a task begins each of them
        aggregation,  ///< step 2
        calibration,  ///< classifiers of a cross-validation, for calibrations and thresholds
        writing,      ///< of the model
        trainings,    ///< of a study
        trained,      ///< one training of a study, or one of the networks side by side, is done
    };
    Kind kind = Kind::decoding;
    std::optional<TaskId> task = {};  ///< of Kind::task, and of Kind::trained for a network
    std::optional<RunId> run = {};    ///< nothing outside a study, and for phases of the study itself
    std::size_t training_count = 0;   ///< of Kind::trainings and Kind::networks
    std::size_t process_count = 0;    ///< of the same: how many run at the same time

    bool operator==(const Phase&) const = default;
};

/// "decoding", "local network 27", "seed-3/fold-01: aggregation", "6 trainings, 2 at a time", "local network 27:
/// trained".
std::string to_string(const Phase& phase);

/// Clips that are left out because they do not have exactly one of the labels.
struct LeftOutClips {
    std::size_t count = 0;

    bool operator==(const LeftOutClips&) const = default;
};

/// A file of the run that is damaged, or that could not be written. The run goes on: what is missing is computed again.
struct FileProblem {
    enum class Kind {
        damaged_checkpoint,     ///< its task is trained again
        damaged_cache,          ///< of log-mel spectrograms: all clips are decoded again
        damaged_cache_entries,  ///< the clips of these are decoded again
        damaged_results,        ///< of a finished run, which is trained again from its checkpoints
        incomplete_log,         ///< a line could not be written
    };
    Kind kind = Kind::damaged_checkpoint;
    std::filesystem::path file;  ///< the folder of a cache
    std::string detail;          ///< what is wrong with it

    bool operator==(const FileProblem&) const = default;
};

/// Clips that are copies of each other, and that a cross-validation keeps in one fold.
struct FoundCopies {
    std::vector<std::vector<std::string>> groups;  ///< their paths, as in the manifest

    bool operator==(const FoundCopies&) const = default;
};

/// What the user should know.
using Warning = std::variant<ClipProblem, LeftOutClips, FoundCopies, FileProblem>;

/// One line, which names the first groups of copies.
std::string to_string(const Warning& warning);

/// Where libtorch computes.
struct ComputeDevice {
    enum class Kind { cpu, cuda };
    Kind kind = Kind::cpu;

    bool operator==(const ComputeDevice&) const = default;
};

/// "cpu" or "cuda".
std::string to_string(const ComputeDevice& device);

/// How far a phase is.
struct Progress {
    std::size_t done = 0;
    std::size_t all = 0;
    std::optional<TaskId> task = {};  ///< of which, where several are trained side by side
};

/// What one epoch gave.
struct EpochReport {
    TaskId task;
    int epoch = 0;  ///< counted from 1 over all stages
    int stage = 0;  ///< of the learning rate, counted from 1
    int stage_count = 0;
    double learning_rate = 0.0;
    double loss = 0.0;
    double valid_loss = 0.0;
    std::optional<double> valid_roc_auc;  ///< mean over tags; nothing when no tag has positives and negatives
    double frames_per_second = 0.0;       ///< of training, without validation; 0 where inputs are not frames
    double duration_s = 0.0;
    bool is_kept = false;  ///< these are the weights to keep: the best so far, or the last of all
};

}  // namespace earmark
