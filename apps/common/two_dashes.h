#pragma once

#include <CLI/App.hpp>
#include <string>
#include <vector>

namespace earmark {

// All that follows "--" on a command line is a name, also where it starts with a dash. CLI11 takes "--" for the end of
// a command that has a name already ('tag a.mp3 -- -b.mp3'), so this is done here: such names get a mark before they
// are parsed, and lose it where they are used.

/// The arguments after the program's name, with marks, without "--", and as CLI::App::parse wants them: the last first.
std::vector<std::string> marked_arguments(int argument_count, const char* const* arguments);

/// Makes all commands of a program take the marks off.
void take_marked_arguments(CLI::App& app);

/// The text without marks.
std::string without_marks(std::string text);

}  // namespace earmark
