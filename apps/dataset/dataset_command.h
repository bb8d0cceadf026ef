#pragma once

#include <CLI/App.hpp>

namespace earmark {

/// `earmark dataset import` and `earmark dataset check`.
void add_dataset_command(CLI::App& app, int& exit_status);

}  // namespace earmark
