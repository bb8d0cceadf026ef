#include "apps/common/describe_commands.h"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <nlohmann/json.hpp>
#include <sstream>
#include <vector>

#include "apps/common/help_formatter.h"

namespace earmark {
namespace {

using Json = nlohmann::ordered_json;

// Of "TEXT:{text,json}": text, json.
std::vector<std::string> choices_of(const CLI::Option& option) {
    const std::string type = option.get_type_name();
    const std::size_t brace = type.find('{');
    std::vector<std::string> choices;
    if (brace == std::string::npos) return choices;
    std::istringstream list(type.substr(brace + 1, type.find('}') - brace - 1));
    for (std::string choice; std::getline(list, choice, ',');) choices.push_back(choice);
    return choices;
}

// Of "FILE:ExistingPath": FILE. A flag has none.
std::string value_of(const CLI::Option& option) {
    const std::string type = option.get_type_name();
    return option.get_type_size() == 0 ? "" : type.substr(0, type.find(':'));
}

Json describe(const CLI::Option& option) {
    std::vector<std::string> names;
    for (const std::string& name : option.get_snames()) names.push_back("-" + name);
    for (const std::string& name : option.get_lnames()) names.push_back("--" + name);
    return {{"names", names},
            {"positional", option.get_positional() ? option.get_name(true, false) : ""},
            {"value", value_of(option)},
            {"choices", choices_of(option)},
            {"help", description_and_exclusions(option)},
            {"default", option.get_default_str()},
            {"required", option.get_required()},
            {"repeats", option.get_expected_max() > 1}};
}

Json describe(const CLI::App& command) {
    Json options = Json::array();
    for (const CLI::Option* option : command.get_options()) {
        if (!option->get_group().empty()) options.push_back(describe(*option));  // else hidden
    }
    Json commands = Json::array();
    for (const CLI::App* other : command.get_subcommands([](const CLI::App*) { return true; }))
        commands.push_back(describe(*other));
    return {{"name", command.get_name()},
            {"description", command.get_description()},
            {"examples", examples_of(command)},
            {"options", options},
            {"commands", commands}};
}

}  // namespace

std::string describe_commands(const CLI::App& app) { return describe(app).dump(1) + "\n"; }

}  // namespace earmark
