#pragma once

#include <CLI/App.hpp>
#include <string>

namespace earmark {

/// `earmark analyze`: the paper's study on a data set, and its report. `typed` is the command line, for the report.
void add_analyze_command(CLI::App& app, const std::string& typed, int& exit_status);

}  // namespace earmark
