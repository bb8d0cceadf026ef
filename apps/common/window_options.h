#pragma once

#include <CLI/App.hpp>
#include <array>

#include "earmark/segments.h"

namespace earmark {

/// --window S and --hop S. Gives both options.
std::array<CLI::Option*, 2> add_window_options(CLI::App& command, WindowSettings& window);

}  // namespace earmark
