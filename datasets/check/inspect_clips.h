#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

#include "datasets/check/inspect_clip.h"
#include "datasets/manifest/dataset.h"

namespace earmark {

/// Called on the calling thread, several times a second: how many clips are done, of how many. False ends the work.
using CheckProgress = std::function<bool(std::size_t done_count, std::size_t clip_count)>;

/// Inspects all clips on `worker_count` threads. In the order of the clips; nothing for those that were not done when
/// `progress` ended the work.
std::vector<std::optional<ClipInspection>> inspect_clips(const Dataset& dataset, std::size_t worker_count,
                                                         const CheckProgress& progress);

}  // namespace earmark
