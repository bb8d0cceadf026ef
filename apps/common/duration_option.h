#pragma once

#include <CLI/App.hpp>

namespace earmark {

/// What --max-duration is where it is not given: an hour for commands that keep the whole file in mind, else a day.
inline constexpr double hour_s = 3'600.0;
inline constexpr double day_s = 86'400.0;

/// --max-duration S: ReadOptions::max_duration_s. REQUIRES: `max_duration_s` is one of the two above.
void add_max_duration_option(CLI::App& command, double& max_duration_s);

}  // namespace earmark
