#pragma once

#include <CLI/App.hpp>
#include <string>

namespace earmark {

/// Adds --category, a name that category_name() gives, for tags whose source has no categories.
void add_category_option(CLI::App& command, std::string& category, const std::string& help);

}  // namespace earmark
