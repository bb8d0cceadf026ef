#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <vector>

#include "training/fit/listener.h"
#include "training/run/training_options.h"

namespace earmark {

/// The first argument of a program that is to train instead of another one; training_arguments() follow.
inline constexpr char training_process_word[] = "--training-process";

/// One training in a process of its own.
struct ProcessTraining {
    TrainingOptions options;
    std::optional<RunId> run;  ///< in a study
};

/// Trains each with `program`, which is earmark-train, at most `process_count` at a time, and passes on their phases
/// with the run that they are of; where there is one at a time, their epochs and progress as well. Clips that cannot be
/// used are not passed on: whoever decoded before has reported them. Returns whether all are done; false when the
/// listener asked to stop. Throws as run_in_processes() does.
bool train_in_processes(const std::vector<ProcessTraining>& trainings, std::size_t process_count,
                        const std::filesystem::path& program, TrainingListener& listener);

}  // namespace earmark
