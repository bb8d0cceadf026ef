#pragma once

#include <CLI/App.hpp>

namespace earmark {

/// Adds `earmark library mix`.
void add_library_mix_command(CLI::App& library, int& exit_status);

}  // namespace earmark
