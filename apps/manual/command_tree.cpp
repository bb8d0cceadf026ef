#include "apps/manual/command_tree.h"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "earmark/error.h"

namespace earmark {
namespace {

using Json = nlohmann::json;

CommandOption option_from(const Json& json) {
    return {.names = json.at("names"),
            .positional = json.at("positional"),
            .value = json.at("value"),
            .choices = json.at("choices"),
            .help = json.at("help"),
            .default_value = json.at("default"),
            .required = json.at("required"),
            .repeats = json.at("repeats")};
}

Command command_from(const Json& json) {
    Command command{.name = json.at("name"),
                    .description = json.at("description"),
                    .examples = json.at("examples"),
                    .options = {},
                    .commands = {}};
    for (const Json& option : json.at("options")) command.options.push_back(option_from(option));
    for (const Json& other : json.at("commands")) command.commands.push_back(command_from(other));
    return command;
}

void merge(Command& all, Command more) {
    for (Command& command : more.commands) {
        const auto same = std::ranges::find(all.commands, command.name, &Command::name);
        if (same == all.commands.end())
            all.commands.push_back(std::move(command));
        else
            *same = std::move(command);
    }
}

void add_all(const Command& command, const std::string& above, std::vector<NamedCommand>& found) {
    const std::string full_name = above + command.name;
    found.push_back({full_name, &command});
    for (const Command& other : command.commands) add_all(other, full_name + " ", found);
}

}  // namespace

Command read_commands(const std::vector<std::filesystem::path>& files) {
    Command all;
    for (const std::filesystem::path& file : files) {
        std::ifstream stream(file);
        if (!stream) throw Error(ErrorCode::unreadable, file.string() + ": cannot be read");
        Command command = command_from(Json::parse(stream));
        if (all.name.empty())
            all = std::move(command);
        else
            merge(all, std::move(command));
    }
    return all;
}

std::vector<NamedCommand> all_commands(const Command& command) {
    std::vector<NamedCommand> found;
    add_all(command, "", found);
    return found;
}

}  // namespace earmark
