#pragma once

#include <torch/optim/optimizer.h>

#include <filesystem>
#include <string>
#include <vector>

#include "training/fit/stage_control.h"
#include "training/fit/tagging_module.h"

namespace earmark {

/// Copies of all parameters and buffers of a module, by name.
using Weights = std::vector<std::pair<std::string, torch::Tensor>>;

Weights copy_weights(const torch::nn::Module& module);

/// REQUIRES: `weights` came from a module of the same shape.
void set_weights(torch::nn::Module& module, const Weights& weights);

/// The state of a fit after an epoch: everything that the next epoch depends on.
struct FitState {
    StageControl::State control;
    Weights best_weights;
    Weights average_weights = {};  ///< empty without weight_average_decay
};

/// Writes module, optimizer and state, or of a fit that has finished the best weights alone, a third to a fifth of it,
/// with a checksum: to a temporary name, synced, renamed. Throws Error (unwritable).
void save_checkpoint(const std::filesystem::path& path, const torch::nn::Module& module,
                     const torch::optim::Optimizer& optimizer, const FitState& state);

struct LoadedCheckpoint {
    bool is_loaded = false;
    std::string damage;  ///< empty unless there is a file that is damaged
};

/// Reads what save_checkpoint wrote into a module and an optimizer of the same shapes; of a fit that has finished, only
/// `state`. Where nothing is loaded, nothing is changed. Throws Error (unreadable) when it is of another shape.
LoadedCheckpoint load_checkpoint(const std::filesystem::path& path, torch::nn::Module& module,
                                 torch::optim::Optimizer& optimizer, FitState& state);

/// Whether a file is the checkpoint of a fit that has finished. False as well where it is absent or damaged.
bool holds_finished_fit(const std::filesystem::path& path);

}  // namespace earmark
