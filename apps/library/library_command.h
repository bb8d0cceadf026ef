#pragma once

#include <CLI/App.hpp>

namespace earmark {

/// `earmark library` with its sub-commands.
void add_library_command(CLI::App& app, int& exit_status);

}  // namespace earmark
