#pragma once

#include <CLI/App.hpp>

namespace earmark {

/// `earmark dataset check DIR`.
void add_check_command(CLI::App& dataset, int& exit_status);

}  // namespace earmark
