#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace earmark {

/// An option, or an argument where `positional` is not empty.
struct CommandOption {
    std::vector<std::string> names;    ///< "-h", "--help"
    std::string positional;            ///< "PATH"
    std::string value;                 ///< "FILE"; empty for a flag
    std::vector<std::string> choices;  ///< all values, where there are only these
    std::string help;
    std::string default_value;
    bool required = false;
    bool repeats = false;
};

struct Command {
    std::string name;
    std::string description;
    std::vector<std::string> examples;  ///< command lines
    std::vector<CommandOption> options;
    std::vector<Command> commands;
};

/// A command with the names of those above it: "earmark dataset import".
struct NamedCommand {
    std::string full_name;
    const Command* command = nullptr;
};

/// From the files that the programs write (apps/common/describe_commands.h). A command that several have is that of the
/// last one: `earmark` only hands `train` over. Throws Error (unreadable), and what nlohmann::json throws.
Command read_commands(const std::vector<std::filesystem::path>& files);

/// A command and all below it, in order.
std::vector<NamedCommand> all_commands(const Command& command);

}  // namespace earmark
