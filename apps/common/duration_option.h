#pragma once

#include <CLI/App.hpp>

namespace earmark {

/// What --max-duration is where it is not given: a day.
inline constexpr double default_max_duration_s = 86'400.0;

/// --max-duration S: ReadOptions::max_duration_s.
void add_max_duration_option(CLI::App& command, double& max_duration_s);

}  // namespace earmark
