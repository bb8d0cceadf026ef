#pragma once

#include <CLI/App.hpp>

namespace earmark {

/// Adds `earmark taggram` to the program.
void add_taggram_command(CLI::App& app, int& exit_status);

}  // namespace earmark
