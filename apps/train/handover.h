#pragma once

#include <CLI/App.hpp>

namespace earmark {

/// `earmark train`: hands over to the program earmark-train, which is in the same folder and needs libtorch, with the
/// same arguments. Only `analyze --show` needs no libtorch and is run here. The arguments are those of main, ended by a
/// null pointer.
void add_training_commands(CLI::App& app, int argument_count, char** arguments, int& exit_status);

}  // namespace earmark
