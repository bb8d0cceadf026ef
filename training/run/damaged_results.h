#pragma once

#include <optional>

#include "training/fit/events.h"
#include "training/run/run_folder.h"

namespace earmark {

/// Reads what a finished run has left: results.json, the predictions that it names, which are all of the same clips,
/// and the model where there is one. What is damaged or missing; nothing when all is well. Throws Error (usage,
/// unsupported_model) where another version of Earmark made it: that is no damage.
std::optional<FileProblem> find_damaged_results(const RunFolder& folder);

}  // namespace earmark
