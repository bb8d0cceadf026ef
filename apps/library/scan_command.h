#pragma once

#include <CLI/App.hpp>

namespace earmark {

/// Adds the command `library scan`.
void add_scan_command(CLI::App& library, int& exit_status);

}  // namespace earmark
