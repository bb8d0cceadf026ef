#pragma once

#include <CLI/App.hpp>

namespace earmark {

/// `earmark model info` prints what a model file contains, `earmark model verify` runs its self-test.
void add_model_command(CLI::App& app, int& exit_status);

}  // namespace earmark
