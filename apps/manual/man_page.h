#pragma once

#include <string>

#include "apps/manual/command_tree.h"

namespace earmark {

/// The manual page of a command, as the macros `man` of roff. `program` is the tree that contains it.
std::string man_page(const NamedCommand& command, const Command& program, const std::string& version);

/// "earmark-dataset-import", the name of that page.
std::string page_name(const std::string& full_name);

}  // namespace earmark
