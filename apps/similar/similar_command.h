#pragma once

#include <CLI/App.hpp>

namespace earmark {

/// Adds `earmark similar` to the program.
void add_similar_command(CLI::App& app, int& exit_status);

}  // namespace earmark
