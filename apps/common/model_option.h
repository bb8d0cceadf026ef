#pragma once

#include <CLI/App.hpp>
#include <string>

namespace earmark {

/// --model FILE, for model_or_default() (installation.h).
void add_model_option(CLI::App& command, std::string& model);

/// The same as an argument without a name.
void add_model_argument(CLI::App& command, std::string& model);

}  // namespace earmark
