#pragma once

#include <CLI/App.hpp>

namespace earmark {

/// `earmark train`: hands over to the program earmark-train, which lies beside this one and needs libtorch, with the
/// same arguments. `arguments` is that of main, ended by a null pointer.
void add_training_commands(CLI::App& app, char** arguments);

}  // namespace earmark
