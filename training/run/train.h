#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "metrics/calibration_error.h"
#include "training/fit/listener.h"
#include "training/gate/gate_fit.h"
#include "training/run/configurations.h"
#include "training/run/results.h"
#include "training/run/training_data.h"
#include "training/run/training_options.h"

namespace earmark {

struct TrainingOutcome {
    bool finished = false;                     ///< false when the listener asked to stop
    std::vector<ClipProblem> problems;         ///< clips that could not be used
    std::vector<ConfigurationResult> results;  ///< local models, single levels, all levels, everything
    std::map<int, double> frames_per_second;   ///< of step 1, by segment_frames: median over the epochs of this process
    ComputeDevice device;                      ///< of steps 1 and 3
    CalibrationReport calibration;             ///< of the model; empty where the recipe asks for none, and with softmax
    GateAnswers gate;                          ///< on the validation clips; all 0 without a gate
    std::string calibration_split;             ///< the clips that it is of: "test", or "valid" where there are none
    bool is_decided_out_of_fold = false;       ///< thresholds, and calibration, come from a cross-validation
    std::filesystem::path model;               ///< the file that was written
};

/// The whole method: decodes into the cache, then step 1 for each network, step 2, step 3. Writes into `out`:
/// model.earmark, model-card.md, results.json, predictions/ (what each configuration predicts for the clips it was not
/// trained on), log.jsonl, and what it needs to resume after an interruption. Called again with the same options it
/// resumes where it was. Every input file is read once. Throws Error: invalid_recipe, invalid_dataset, not_found,
/// unreadable (a checkpoint is damaged), unwritable, usage (`out` holds a run of another recipe, other tags, another
/// manifest or other audio; a device that is not there).
TrainingOutcome train(const TrainingOptions& options, TrainingListener& listener);

/// The same with `sources` that were read before: those of the options.
TrainingOutcome train(const TrainingOptions& options, const TrainingSources& sources, TrainingListener& listener);

/// Step 1 for one network alone, in a process that learn_side_by_side() started: the folder belongs to the run of the
/// process that did, and gets the checkpoint of the network. The listener hears what train() reports up to there.
/// Returns false when it asked to stop. Throws as train() does.
bool train_network(const TrainingOptions& options, std::size_t network, TrainingListener& listener);

}  // namespace earmark
