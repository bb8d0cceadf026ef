#pragma once

#include <CLI/App.hpp>
#include <string>

namespace earmark {

/// `earmark teach`: own tags from own music. `typed` is the command line, for the model.
void add_teach_command(CLI::App& app, const std::string& typed, int& exit_status);

}  // namespace earmark
