#pragma once

#include <CLI/App.hpp>
#include <string>

namespace earmark {

/// `earmark train`: the whole method, from a recipe and a data set to a model file. `typed` is the command line for the
/// model card.
void add_train_command(CLI::App& app, const std::string& typed, int& exit_status);

}  // namespace earmark
