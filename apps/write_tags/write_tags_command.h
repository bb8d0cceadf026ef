#pragma once

#include <CLI/App.hpp>

namespace earmark {

/// Adds `earmark write-tags`.
void add_write_tags_command(CLI::App& app, int& exit_status);

}  // namespace earmark
