#pragma once

#include <CLI/App.hpp>

namespace earmark {

/// `earmark tag`: says what music files are.
void add_tag_command(CLI::App& app, int& exit_status);

}  // namespace earmark
