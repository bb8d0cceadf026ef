#pragma once

#include <filesystem>
#include <optional>

#include "training/clips/clips.h"
#include "training/fit/compute.h"
#include "training/fit/listener.h"
#include "training/recipe/recipe.h"

namespace earmark {

/// Transfer: a local model for other labels. Keeps the levels and the dense layer of `network` and learns its output
/// layer anew, from some segments of each clip and with the recipe's schedule for classifiers. Nothing when the
/// listener asked to stop.
std::optional<LayerWeights> learn_local_output(const TaskId& task, const Recipe& recipe,
                                               const NetworkArchitecture& architecture, const NetworkWeights& network,
                                               const TrainingClips& clips, const Compute& compute,
                                               std::size_t worker_count, const std::filesystem::path& checkpoint,
                                               TrainingListener& listener);

}  // namespace earmark
