#pragma once

#include <CLI/App.hpp>

namespace earmark {

/// `earmark tag`: predicts the tags of audio files.
void add_tag_command(CLI::App& app, int& exit_status);

}  // namespace earmark
