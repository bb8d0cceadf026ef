#pragma once

#include <CLI/App.hpp>

namespace earmark {

/// --null.
void add_null_option(CLI::App& command, bool& is_null_separated);

}  // namespace earmark
