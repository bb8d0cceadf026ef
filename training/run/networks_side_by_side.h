#pragma once

#include <cstddef>
#include <vector>

#include "training/fit/listener.h"
#include "training/recipe/recipe.h"
#include "training/run/remaining_time.h"
#include "training/run/training_options.h"

namespace earmark {

/// The first argument of a program that is to learn one network instead of anything else; the index of the network in
/// the recipe and training_arguments() follow.
inline constexpr char network_process_word[] = "--network-process";

/// What of step 1 is learned by processes.
struct NetworksSideBySide {
    const TrainingOptions& options;     ///< REQUIRES: with a program
    const Recipe& recipe;               ///< of the run
    std::vector<std::size_t> networks;  ///< indices in the recipe
    std::size_t process_count = 1;      ///< at most this many at a time
};

/// Learns each network in a process of its own with one thread, which leaves the checkpoint of its task in the folder
/// of the run. Passes on what concerns one network: its epochs, each with what `estimate` makes of it, its progress,
/// and damaged files. The rest, such as clips that cannot be used, the process that trains has reported before. Returns
/// whether all are learned; false when the listener asked to stop. Throws as run_in_processes() does.
bool learn_side_by_side(const NetworksSideBySide& work, RemainingTimeEstimate& estimate, TrainingListener& listener);

}  // namespace earmark
