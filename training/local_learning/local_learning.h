#pragma once

#include <filesystem>
#include <optional>

#include "earmark/network.h"
#include "training/clips/clips.h"
#include "training/fit/compute.h"
#include "training/fit/fit.h"
#include "training/fit/listener.h"
#include "training/recipe/recipe.h"
#include "training/teachers/teacher_targets.h"

namespace earmark {

/// Step 1 for one network of the recipe: trains it on the segments of clips.train and returns the weights with the best
/// validation loss, batch normalization folded in. With `teachers` it also learns what they predict, by
/// DistillationLoss. Nothing when the listener asked to stop. Throws Error (invalid_dataset) when there is but one
/// segment, and as fit() does.
std::optional<NetworkWeights> learn_local_network(const Recipe& recipe, std::size_t network_index,
                                                  const TrainingClips& clips, const TeacherTargets* teachers,
                                                  const Compute& compute, const std::filesystem::path& checkpoint,
                                                  TrainingListener& listener, const RemainingTime& remaining_time);

}  // namespace earmark
