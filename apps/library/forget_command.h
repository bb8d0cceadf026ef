#pragma once

#include <CLI/App.hpp>

namespace earmark {

/// Adds the command `library forget`.
void add_library_forget_command(CLI::App& library, int& exit_status);

}  // namespace earmark
