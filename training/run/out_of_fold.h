#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <vector>

#include "datasets/manifest/dataset.h"
#include "training/clips/clips.h"
#include "training/fit/compute.h"
#include "training/fit/listener.h"
#include "training/recipe/recipe.h"
#include "training/run/assemble_model.h"
#include "training/run/configurations.h"

namespace earmark {

/// Where the training of a fold keeps its checkpoint.
using FoldCheckpoint = std::function<std::filesystem::path(const ConfigurationId& id, std::size_t fold)>;

/// What the last of `all` configurations predicts of training and validation clips by a cross-validation
/// (out_of_fold_clips): its classifier, or those that it joins, is trained anew on the other folds. The networks of
/// step 1 stay the same. `dataset` is learning_clips() with the same clips as `clips`; it may have copies marked.
/// Reports progress; epochs are not reported. Nothing when the listener asked to stop. Throws Error, as
/// out_of_fold_clips does.
std::optional<OutOfFold> predict_out_of_fold(const Recipe& recipe, const std::vector<Configuration>& all,
                                             const TrainingClips& clips, const Dataset& dataset, const Compute& compute,
                                             const FoldCheckpoint& checkpoint, TrainingListener& listener);

}  // namespace earmark
