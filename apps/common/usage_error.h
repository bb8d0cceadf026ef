#pragma once

#include <CLI/App.hpp>
#include <string>

namespace earmark {

/// The message for a command line that cannot be parsed: what is wrong, what was probably meant, and where the help is.
/// `app` is the program, as far as it was parsed.
std::string usage_message(const CLI::ParseError& error, const CLI::App& app);

}  // namespace earmark
