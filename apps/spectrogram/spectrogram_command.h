#pragma once

#include <CLI/App.hpp>

namespace earmark {

/// Adds `earmark spectrogram` to the program.
void add_spectrogram_command(CLI::App& app, int& exit_status);

}  // namespace earmark
