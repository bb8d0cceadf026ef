#pragma once

#include <CLI/App.hpp>

namespace earmark {

/// Adds `earmark explain` to the program.
void add_explain_command(CLI::App& app, int& exit_status);

}  // namespace earmark
