#pragma once

#include <CLI/App.hpp>

namespace earmark {

/// Adds the command `library watch`.
void add_watch_command(CLI::App& library, int& exit_status);

}  // namespace earmark
