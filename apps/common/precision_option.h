#pragma once

#include <CLI/App.hpp>

#include "earmark/precision.h"

namespace earmark {

/// Adds --precision auto|f32|bf16.
void add_precision_option(CLI::App& command, Precision& precision);

}  // namespace earmark
