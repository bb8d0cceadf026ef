#pragma once

#include <CLI/App.hpp>

namespace earmark {

/// `earmark evaluate`: measures how well a model predicts the tags of a data set.
void add_evaluate_command(CLI::App& app, int& exit_status);

}  // namespace earmark
