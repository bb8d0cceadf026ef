#pragma once

#include <CLI/App.hpp>

namespace earmark {

/// Adds --plain, TaggerOptions::plain.
void add_plain_option(CLI::App& command, bool& plain);

}  // namespace earmark
