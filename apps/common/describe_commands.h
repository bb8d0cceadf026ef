#pragma once

#include <CLI/App.hpp>
#include <string>

namespace earmark {

/// The commands of a program with their options, as JSON: what apps/manual makes manual pages and shell completion of.
/// Its form is read by apps/manual/command_tree.cpp.
std::string describe_commands(const CLI::App& app);

}  // namespace earmark
