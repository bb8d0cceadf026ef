#pragma once

#include <CLI/App.hpp>

namespace earmark {

/// Adds `earmark library search`.
void add_library_search_command(CLI::App& library, int& exit_status);

}  // namespace earmark
