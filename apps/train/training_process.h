#pragma once

#include <optional>
#include <string>
#include <vector>

namespace earmark {

/// The work of a process that earmark-train started: one training of a study, where the first argument is
/// training_process_word, or one network of a training, where it is network_process_word. Events go to
/// event_descriptor. Ends when the program that started it does. Returns the exit status: process_done,
/// process_stopped, or another after a Failure event. Nothing where the arguments are those of a user.
std::optional<int> run_as_process(const std::vector<std::string>& arguments);

}  // namespace earmark
