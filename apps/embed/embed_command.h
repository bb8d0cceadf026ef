#pragma once

#include <CLI/App.hpp>

namespace earmark {

/// Adds `earmark embed` to the program.
void add_embed_command(CLI::App& app, int& exit_status);

}  // namespace earmark
