#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "datasets/check/dataset_check.h"
#include "datasets/check/inspect_clips.h"
#include "datasets/manifest/dataset.h"

namespace earmark {

/// Groups of clips that are copies of each other, directly or by others of the group: the same samples, or sound in
/// common (near_duplicates.h). At least two places in Dataset::clips each, in the order of the clips.
std::vector<std::vector<std::size_t>> copies_of(const DatasetCheck& check, std::size_t clip_count);

/// Decodes all clips to find their copies; those that cannot be read and silent ones are copies of none. Nothing when
/// `progress` ended the work.
std::optional<std::vector<std::vector<std::size_t>>> find_copies(const Dataset& dataset, std::size_t worker_count,
                                                                 const CheckProgress& progress);

}  // namespace earmark
