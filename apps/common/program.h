#pragma once

#include <CLI/App.hpp>
#include <functional>
#include <string>

namespace earmark {

/// A line on standard error, in the form "earmark: MESSAGE".
void print_message(const std::string& message);

/// The command line as typed, for records; arguments with spaces are quoted.
std::string command_line(int argument_count, const char* const* arguments);

/// Adds commands to `app`; a command stores its exit status in the second argument.
using AddCommands = std::function<void(CLI::App& app, int& exit_status)>;

/// Parses, runs the command, and turns every error into one line on standard error. Returns the exit status: 0 all
/// done, 1 some items failed, 2 wrong usage or nothing could start.
int run_program(const std::string& description, int argument_count, char** arguments, const AddCommands& add_commands);

}  // namespace earmark
