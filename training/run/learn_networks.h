#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <vector>

#include "earmark/network.h"
#include "training/clips/clips.h"
#include "training/fit/compute.h"
#include "training/fit/listener.h"
#include "training/run/run_folder.h"
#include "training/run/training_data.h"
#include "training/run/training_options.h"

namespace earmark {

/// What step 1 of a run works on.
struct LocalLearning {
    const TrainingOptions& options;
    const TrainingInputs& inputs;
    const TrainingClips& clips;
    const RunFolder& folder;
    Compute compute;
};

struct LearnedNetworks {
    std::vector<NetworkWeights> weights;      ///< in the order of the recipe
    std::map<int, double> frames_per_second;  ///< by segment_frames: median over the epochs of this call
};

/// Learns all networks of the recipe, or reads what of them was learned before. Where there is a program, more than one
/// worker, no GPU, and more than one network left, they are learned side by side. Nothing when the listener asked to
/// stop. Throws as learn_local_network() and learn_side_by_side() do.
std::optional<LearnedNetworks> learn_networks(const LocalLearning& work, TrainingListener& listener);

/// Learns one of them in this process. Its checkpoint is what is left of it. Returns false when the listener asked to
/// stop.
bool learn_one_network(const LocalLearning& work, std::size_t network, TrainingListener& listener);

}  // namespace earmark
