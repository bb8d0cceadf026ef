#pragma once

#include <CLI/App.hpp>

#include "earmark/segments.h"

namespace earmark {

/// --window S and --hop S.
void add_window_options(CLI::App& command, WindowSettings& window);

}  // namespace earmark
