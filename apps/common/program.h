#pragma once

#include <CLI/App.hpp>
#include <functional>
#include <string>

namespace earmark {

/// A line on standard error, in the form "earmark: MESSAGE". Names of files may hold line ends and escape codes, so the
/// message is printed as visible() (visible_text.h).
void print_message(const std::string& message);

/// Flushes standard output. Throws Error (unwritable) when that, or writing before, failed; call it right after
/// writing, so that the reason is still known.
void flush_standard_output();

/// The command line as typed, for records; arguments with spaces are quoted.
std::string command_line(int argument_count, const char* const* arguments);

/// Adds commands to `app`; a command stores its exit status (exit_status.h) in the second argument.
using AddCommands = std::function<void(CLI::App& app, int& exit_status)>;

/// Parses, runs the command, and prints every error as one line on standard error. Returns the exit status: that of the
/// command, or when an error ended it nothing_started, unless the command had stored item_failed before.
int run_program(const std::string& description, int argument_count, char** arguments, const AddCommands& add_commands);

}  // namespace earmark
