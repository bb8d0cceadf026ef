#pragma once

#include <CLI/App.hpp>

namespace earmark {

/// Adds `earmark library path`.
void add_library_path_command(CLI::App& library, int& exit_status);

}  // namespace earmark
