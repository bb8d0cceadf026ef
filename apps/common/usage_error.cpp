#include "apps/common/usage_error.h"

#include <algorithm>
#include <filesystem>
#include <regex>
#include <utility>
#include <vector>

#include "base/similar_word.h"

namespace earmark {
namespace {

std::vector<const CLI::App*> commands_of(const CLI::App& app) {
    const auto named = app.get_subcommands([](const CLI::App* command) { return !command->get_name().empty(); });
    return {named.begin(), named.end()};
}

// The innermost command that was named; or, before it, one that was given arguments that it does not have.
const CLI::App& called_command(const CLI::App& app) {
    const std::vector<CLI::App*> named = app.get_subcommands();
    return named.empty() || !app.remaining().empty() ? app : called_command(*named.front());
}

// "earmark model info"
std::string full_name(const CLI::App& command) {
    const CLI::App* parent = command.get_parent();
    return (parent == nullptr ? "" : full_name(*parent) + " ") + command.get_name();
}

bool exists(const std::string& path) {
    std::error_code failure;
    return std::filesystem::exists(path, failure);
}

// A command that is called this way at another place: 'dataset check' for 'check'.
std::string same_name_below(const std::string& word, const CLI::App& app) {
    for (const CLI::App* command : commands_of(app)) {
        if (command->get_name() == word) return full_name(*command);
        if (std::string below = same_name_below(word, *command); !below.empty()) return below;
    }
    return "";
}

const CLI::App& program_of(const CLI::App& command) {
    return command.get_parent() == nullptr ? command : program_of(*command.get_parent());
}

// The innermost command of those that were named: 'model info' in 'help model info'.
const CLI::App& innermost_command(const CLI::App& app) {
    const std::vector<CLI::App*> named = app.get_subcommands();
    return named.empty() ? app : innermost_command(*named.front());
}

std::string no_such_command(const std::string& word, const CLI::App& command) {
    const std::string message = word + ": no such command";
    std::vector<std::string> names;
    for (const CLI::App* other : commands_of(command)) names.push_back(other->get_name());
    if (const std::string similar = did_you_mean(word, names); !similar.empty()) return message + similar;
    const CLI::App& program = program_of(command);
    // As other programs have it: 'help', 'help tag', 'version'.
    if (word == "help") return message + "; did you mean '" + full_name(innermost_command(command)) + " --help'?";
    if (program.get_option_no_throw("--" + word) != nullptr)
        return message + "; did you mean '" + program.get_name() + " --" + word + "'?";
    const std::string below = same_name_below(word, program);
    if (!below.empty()) return message + "; did you mean '" + below + "'?";
    const bool is_file = command.get_parent() == nullptr && exists(word);
    return message + (is_file ? "; did you mean '" + program.get_name() + " tag " + word + "'?" : "");
}

// The dashes are no letters of a name: with them '--gain' would be as near to '--plain' as a longer word may be. What
// is cut short is no slip, but plain enough where one name alone begins so.
std::string option_that_was_meant(const std::string& option, const CLI::App& command) {
    constexpr std::size_t shortest_beginning = 3;
    const std::size_t letter = option.find_first_not_of('-');
    if (letter == std::string::npos) return "";
    const std::string typed = option.substr(letter);
    std::vector<std::string> names;
    for (const CLI::Option* other : command.get_options())
        names.insert(names.end(), other->get_lnames().begin(), other->get_lnames().end());
    std::string meant = similar_word(typed, names);
    const auto begins_so = [&](const std::string& name) { return name.starts_with(typed); };
    if (meant.empty() && typed.size() >= shortest_beginning && std::ranges::count_if(names, begins_so) == 1)
        meant = *std::ranges::find_if(names, begins_so);
    if (meant.empty() && std::ranges::find(names, typed) != names.end()) meant = typed;  // with one dash
    return meant.empty() ? "" : "; did you mean '--" + meant + "'?";
}

std::string unexpected(const std::string& argument, const CLI::App& command) {
    if (!argument.starts_with('-')) return argument + ": one argument too many";
    const std::string option = argument.substr(0, argument.find('='));
    return option + ": no such option" +
           (exists(argument) ? "; a file of this name goes after --" : option_that_was_meant(option, command));
}

// The sentences of CLI11 in the form of all other messages. A value's type may follow its name: "N:INT".
std::string in_other_words(const std::string& text) {
    static const std::vector<std::pair<std::regex, const char*>> sentences = [] {
        std::vector<std::pair<std::regex, const char*>> list;
        for (const auto& [sentence, words] : std::initializer_list<std::pair<const char*, const char*>>{
                 {"(.+): 1 required .* missing", "$1: expected a value, found none"},
                 {"(.+): ([0-9]+) required .* missing", "$1: expected $2 values"},
                 {"(.+): At Most 1 required but received ([0-9]+)", "$1: expected once, found $2 times"},
                 {"(.+): At Most ([0-9]+) required but received ([0-9]+)", "$1: expected $2 values, found $3"},
                 {"(.+): At least ([0-9]+) required but received ([0-9]+)", "$1: expected $2 values, found $3"},
                 {"Expected (?:exactly|at least) ([0-9]+) arguments to (.+), got ([0-9]+)",
                  "$2: expected $1 values, found $3"},
                 {"Could not convert: (.+) = (.*)", "$1: expected a number, found '$2'"},
                 {"(.+): (?:Should be true/false or a number|too many inputs for a flag)", "$1: expected no value"},
                 {"(.+) was given a disallowed flag override", "$1: expected no value"},
                 {"(.+) excludes (.+)", "$1: not with $2"},
                 {"(.+) requires (.+)", "$1: only with $2"}})
            list.emplace_back(sentence, words);
        return list;
    }();
    for (const auto& [sentence, words] : sentences) {
        if (std::smatch match; std::regex_match(text, match, sentence)) return match.format(words);
    }
    return text;
}

// "Could not convert: --all = x", where --all takes no value.
std::string value_of_flag(const std::string& text, const CLI::App& command) {
    static const std::regex sentence("Could not convert: (.+) = .*");
    std::smatch match;
    if (!std::regex_match(text, match, sentence)) return "";
    const CLI::Option* option = command.get_option_no_throw(match[1]);
    return option != nullptr && option->get_items_expected_max() == 0 ? match[1].str() + ": expected no value" : "";
}

// What the command does not take. CLI11 keeps some of it for the message alone.
std::vector<std::string> others_of(const std::string& text, const CLI::App& command) {
    static const std::regex sentence("The following arguments? (?:was|were) not expected: (?:.* )?(.+)");
    std::vector<std::string> others = command.remaining();
    std::erase(others, "--");
    std::smatch match;
    if (others.empty() && std::regex_match(text, match, sentence)) others.push_back(match[1]);
    std::erase(others, "--");
    return others;
}

// Its name may be that of the command.
bool is(const CLI::ParseError& error, CLI::ExitCodes code) { return error.get_exit_code() == static_cast<int>(code); }

std::string describe(const CLI::ParseError& error, const CLI::App& command) {
    if (std::string problem = value_of_flag(error.what(), command); !problem.empty()) return problem;
    const std::vector<std::string> others = others_of(error.what(), command);
    const bool has_commands = command.get_require_subcommand_min() > 0;
    const bool has_extras = !others.empty() && is(error, CLI::ExitCodes::ExtrasError);
    if (!others.empty() && others.front().starts_with('-')) return unexpected(others.front(), command);
    if (has_extras && !has_commands) return unexpected(others.front(), command);
    if (!has_commands || (!has_extras && !is(error, CLI::ExitCodes::RequiredError)))
        return in_other_words(error.what());
    return others.empty() ? "a command is missing" : no_such_command(others.front(), command);
}

}  // namespace

std::string usage_message(const CLI::ParseError& error, const CLI::App& app) {
    const CLI::App& command = called_command(app);
    const std::string problem = describe(error, command);
    return problem + (problem.ends_with(" --help'?") ? "" : " (see '" + full_name(command) + " --help')");
}

}  // namespace earmark
