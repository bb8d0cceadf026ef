#pragma once

#include <string>
#include <vector>

#include "training/run/training_options.h"

namespace earmark {

/// The options as arguments of a process that trains with them: "seed=3", "data=DIR", ... Values may hold any bytes.
std::vector<std::string> training_arguments(const TrainingOptions& options);

/// The options that training_arguments() wrote. Throws Error (usage) for anything else.
TrainingOptions parse_training_arguments(const std::vector<std::string>& arguments);

}  // namespace earmark
