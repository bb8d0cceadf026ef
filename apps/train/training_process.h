#pragma once

#include <string>
#include <vector>

namespace earmark {

/// One training of a study, for the program that started this one: `arguments` are training_arguments(), events go to
/// event_descriptor. Ends when that program does. Returns the exit status: process_done, process_stopped, or another
/// after a Failure event.
int run_training_process(const std::vector<std::string>& arguments);

}  // namespace earmark
