#pragma once

#include <CLI/App.hpp>

namespace earmark {

/// Adds the command `library stats`.
void add_library_stats_command(CLI::App& library, int& exit_status);

}  // namespace earmark
