#include "apps/common/help_formatter.h"

#include <algorithm>
#include <sstream>

#include "apps/common/exit_status.h"
#include "apps/common/option_checks.h"
#include "apps/common/terminal.h"

namespace earmark {
namespace {

constexpr std::size_t page_width = 80;
constexpr std::size_t option_column = 24;   // where the descriptions of options begin
constexpr std::size_t command_column = 14;  // where the descriptions of commands begin

// "  NAME    DESCRIPTION", the description wrapped below itself; a long name has a line of its own.
std::string entry(const std::string& name, const std::string& description, std::size_t column) {
    std::string text = "  " + name;
    const bool fits = display_width(text) + 2 <= column;
    text = fits ? padded(text, column) : text + "\n" + std::string(column, ' ');
    std::string separator;
    for (const std::string& line : wrapped(description, page_width - column)) {
        text += separator + line;
        separator = "\n" + std::string(column, ' ');
    }
    return text + "\n";
}

bool takes_several(const CLI::Option& option) {
    return option.get_expected_max() == CLI::detail::expected_max_vector_size;
}

// "-h, --help", "--full, --clean", "PATH..."
std::string names_of(const CLI::Option& option, bool is_positional) {
    if (is_positional) return option.get_name(true, false) + (takes_several(option) ? "..." : "");
    std::string names;
    for (const std::string& name : option.get_snames()) names += (names.empty() ? "-" : ", -") + name;
    for (const std::string& name : option.get_lnames()) names += (names.empty() ? "--" : ", --") + name;
    return names;
}

std::string description_of(const CLI::Option& option) {
    std::string text = description_and_exclusions(option);
    if (!option.get_default_str().empty() && option.get_default_str() != "\"\"")
        text += " (default: " + option.get_default_str() + ")";
    if (option.get_required()) text += " (required)";
    return text;
}

// "--data DIR"
std::string option_usage(const CLI::Option& option) {
    const std::string value = value_name(option);
    return names_of(option, false) + (value.empty() ? "" : " " + value);
}

std::string end_of_program_help(const CLI::App& program) {
    std::string statuses;
    for (const auto& [status, meaning] : exit_status_meanings) {
        statuses += (statuses.empty() ? "Exit status: " : "; ") + std::to_string(exit_code(status)) + " " + meaning;
    }
    std::string text = "'" + program.get_name() + " COMMAND --help' explains a command.\n\n";
    for (const std::string& line : wrapped(statuses, page_width)) text += line + "\n";
    return text;
}

std::string positional_usage(const CLI::Option& option) {
    const std::string names = names_of(option, true);
    return option.get_required() ? names : "[" + names + "]";
}

bool has_name(const CLI::App* command) { return !command->get_name().empty(); }

}  // namespace

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
    std::istringstream words{std::string(text)};
    std::vector<std::string> lines;
    for (std::string word; words >> word;) {
        if (!lines.empty() && display_width(lines.back()) + 1 + display_width(word) <= width)
            lines.back() += " " + word;
        else
            lines.push_back(word);
    }
    return lines;
}

std::string description_and_exclusions(const CLI::Option& option) {
    std::vector<std::string> others;
    for (const CLI::Option* other : option.get_excludes()) others.push_back(other->get_name());
    std::ranges::sort(others);  // CLI11 has them by their addresses
    return option.get_description() + (others.empty() ? "" : "; not with " + listed(others));
}

// CLI11 returns the type together with the descriptions of the checks: "TEXT:{text,json}", "N:INT in [1 - 1024]".
std::string value_name(const CLI::Option& option) {
    if (option.get_type_size() == 0) return "";
    const std::string type = option.get_type_name();
    const std::size_t colon = type.find(':');
    const std::size_t brace = type.find(":{");
    if (brace == std::string::npos) return type.substr(0, colon);
    std::string choices = type.substr(brace + 2, type.find('}') - brace - 2);
    std::ranges::replace(choices, ',', '|');
    return choices;
}

// CLI11 ends every group of options with an empty line, also where only hidden options follow.
std::string HelpFormatter::make_help(const CLI::App* app, std::string name, CLI::AppFormatMode mode) const {
    std::string text = CLI::Formatter::make_help(app, std::move(name), mode);
    for (std::size_t at = 0; (at = text.find("\n\n\n", at)) != std::string::npos;) text.erase(at, 1);
    return text;
}

std::string HelpFormatter::make_description(const CLI::App* app) const {
    std::string text;
    for (const std::string& line : wrapped(app->get_description(), page_width)) text += line + "\n";
    return text + "\n";
}

std::string HelpFormatter::make_usage(const CLI::App* app, std::string name) const {
    const std::string start = "Usage: " + name + " ";
    std::vector<std::string> parts{"[OPTIONS]"};
    for (const CLI::Option* option : app->get_options([](const CLI::Option* o) { return o->get_positional(); }))
        parts.push_back(positional_usage(*option));
    for (const CLI::Option* option : app->get_options([](const CLI::Option* o) { return o->nonpositional(); })) {
        if (option->get_required()) parts.push_back(option_usage(*option));
    }
    if (!app->get_subcommands(has_name).empty()) parts.emplace_back("COMMAND");
    std::string text = start;
    std::size_t used = display_width(start);
    for (const std::string& part : parts) {  // an option and its value stay on one line
        if (used + display_width(part) > page_width) {
            text += "\n" + std::string(start.size(), ' ');
            used = start.size();
        }
        text += part + " ";
        used += display_width(part) + 1;
    }
    text.erase(text.find_last_not_of(' ') + 1);
    return text + "\n";
}

std::string HelpFormatter::make_group(std::string group, bool is_positional,
                                      std::vector<const CLI::Option*> options) const {
    std::string text = "\n" + (is_positional ? "Arguments" : group) + ":\n";
    for (const CLI::Option* option : options) text += make_option(option, is_positional);
    return text;
}

std::string HelpFormatter::make_option(const CLI::Option* option, bool is_positional) const {
    const std::string name = is_positional ? names_of(*option, true) : option_usage(*option);
    return entry(name, description_of(*option), option_column);
}

std::string HelpFormatter::make_subcommands(const CLI::App* app, CLI::AppFormatMode /*mode*/) const {
    std::string text;
    for (const CLI::App* command : app->get_subcommands(has_name))
        text += entry(command->get_name(), command->get_description(), command_column);
    return text.empty() ? "" : "\nCommands:\n" + text;
}

std::string examples(const std::vector<std::string>& command_lines) {
    std::string text;
    for (const std::string& line : command_lines) text += line + "\n";
    return text;
}

std::vector<std::string> examples_of(const CLI::App& command) {
    std::vector<std::string> command_lines;
    std::istringstream lines(command.get_footer());
    for (std::string line; std::getline(lines, line);) command_lines.push_back(line);
    return command_lines;
}

std::string HelpFormatter::make_footer(const CLI::App* app) const {
    const std::vector<std::string> command_lines = examples_of(*app);
    if (command_lines.empty()) return app->get_parent() == nullptr ? end_of_program_help(*app) : "";
    std::string text = command_lines.size() == 1 ? "Example:\n" : "Examples:\n";
    for (const std::string& line : command_lines) text += "  " + line + "\n";
    return text;
}

}  // namespace earmark
