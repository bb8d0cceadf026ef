#pragma once

#include <CLI/App.hpp>

namespace earmark {

/// `earmark model info` and `earmark model verify`: what a model file is, and whether it runs as it should.
void add_model_command(CLI::App& app, int& exit_status);

}  // namespace earmark
