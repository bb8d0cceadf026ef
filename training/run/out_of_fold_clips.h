#pragma once

#include <cstddef>
#include <vector>

#include "datasets/manifest/dataset.h"

namespace earmark {

/// The clips of the training split, then those of the validation split, in their order: all that a model may be made
/// from. The order is that of TrainingClips.
Dataset learning_clips(const Dataset& dataset);

/// One round of a cross-validation: places in Dataset::clips.
struct FoldClips {
    std::vector<std::size_t> train;
    std::vector<std::size_t> valid;
    std::vector<std::size_t> held_out;
};

/// Five rounds; each clip is held out in one of them. Clips of an artist, and copies, are held out together. With
/// `is_validated`, a fold decides when each training ends; else all clips that are not held out are learned from, and
/// `valid` is `held_out`. Throws Error (invalid_dataset) when there are fewer than five artists (clips without an
/// artist count as one each, copies once).
std::vector<FoldClips> out_of_fold_clips(const Dataset& dataset, bool is_validated);

}  // namespace earmark
