#pragma once

#include <CLI/App.hpp>

namespace earmark {

/// Adds the command `library export`.
void add_library_export_command(CLI::App& library, int& exit_status);

}  // namespace earmark
