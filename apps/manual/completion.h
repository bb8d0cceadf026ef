#pragma once

#include <string>
#include <vector>

#include "apps/manual/command_tree.h"

namespace earmark {

/// What a shell may offer after an option or as an argument.
enum class Offer {
    nothing,      ///< for example a number: only the user knows
    choices,      ///< the values that there are
    files,        ///< files and folders
    directories,  ///< folders
};

Offer offer_for(const CommandOption& option);

/// "tag", "dataset import": the name without that of the program; empty for the program itself.
std::string name_below_program(const std::string& full_name);

/// "--format --top ..." and the commands below: all that starts with these words.
std::vector<std::string> option_names(const Command& command);

/// The files or folders that a command takes without an option before them.
Offer offer_for_arguments(const Command& command);

/// Each is a file for the folder of that shell. They find out which command is being typed by going through the words.
std::string bash_completion(const Command& program);
std::string zsh_completion(const Command& program);
std::string fish_completion(const Command& program);

}  // namespace earmark
