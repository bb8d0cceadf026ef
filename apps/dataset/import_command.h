#pragma once

#include <CLI/App.hpp>

namespace earmark {

/// `earmark dataset import KIND SOURCE`: a command for each kind of datasets/import/import.h.
void add_import_command(CLI::App& dataset, int& exit_status);

}  // namespace earmark
