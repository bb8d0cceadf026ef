#pragma once

#include <CLI/App.hpp>

namespace earmark {

/// Adds `earmark library similar`.
void add_library_similar_command(CLI::App& library, int& exit_status);

}  // namespace earmark
