#include "apps/manual/man_page.h"

#include <algorithm>

#include "apps/common/exit_status.h"

namespace earmark {
namespace {

// Text as roff prints it unchanged. A line that began with a dot or a quote would be a request.
std::string escaped(const std::string& text) {
    std::string roff;
    for (const char character : text) {
        if (character == '\\')
            roff += "\\e";
        else if (character == '-')
            roff += "\\-";
        else if (character == '\'')
            roff += "\\(aq";
        else
            roff += character;
    }
    return roff.starts_with('.') ? "\\&" + roff : roff;
}

std::string bold(const std::string& text) { return "\\fB" + escaped(text) + "\\fR"; }
std::string italic(const std::string& text) { return "\\fI" + escaped(text) + "\\fR"; }

std::string value_of(const CommandOption& option) {
    if (option.choices.empty()) return italic(option.value);
    std::string choices;
    for (const std::string& choice : option.choices) choices += (choices.empty() ? "" : "|") + bold(choice);
    return choices;
}

std::string label_of(const CommandOption& option) {
    if (!option.positional.empty()) return italic(option.positional) + (option.repeats ? "..." : "");
    std::string label;
    for (const std::string& name : option.names) label += (label.empty() ? "" : ", ") + bold(name);
    return option.value.empty() && option.choices.empty() ? label : label + " " + value_of(option);
}

std::string help_of(const CommandOption& option) {
    std::string help = option.help;
    if (!option.default_value.empty() && option.default_value != "\"\"")
        help += " (default: " + option.default_value + ")";
    return escaped(help) + (option.required && option.positional.empty() ? " (required)" : "");
}

std::string entry(const std::string& label, const std::string& text) { return ".TP\n" + label + "\n" + text + "\n"; }

std::string synopsis(const NamedCommand& named) {
    std::string line = bold(named.full_name) + " [" + italic("OPTIONS") + "]";
    for (const CommandOption& option : named.command->options) {
        if (!option.required && option.positional.empty()) continue;
        line += option.required ? " " + label_of(option) : " [" + label_of(option) + "]";
    }
    return line + (named.command->commands.empty() ? "" : " " + italic("COMMAND")) + "\n";
}

std::string options_section(const Command& command, const std::string& title, bool is_positional) {
    std::string section;
    for (const CommandOption& option : command.options) {
        if (option.positional.empty() != is_positional) section += entry(label_of(option), help_of(option));
    }
    return section.empty() ? "" : ".SH " + title + "\n" + section;
}

std::string commands_section(const Command& command) {
    std::string section;
    for (const Command& other : command.commands) section += entry(bold(other.name), escaped(other.description));
    return section.empty() ? "" : ".SH COMMANDS\n" + section;
}

std::string examples_section(const Command& command) {
    std::string section;
    for (const std::string& line : command.examples) section += escaped(line) + "\n";
    return section.empty() ? "" : ".SH EXAMPLES\n.nf\n" + section + ".fi\n";
}

std::string exit_status_section() {
    std::string section = ".SH \"EXIT STATUS\"\n";
    for (const auto& [status, meaning] : exit_status_meanings)
        section += entry(bold(std::to_string(exit_code(status))), escaped(meaning));
    return section;
}

std::string name_above(const std::string& full_name) {
    const std::size_t space = full_name.rfind(' ');
    return space == std::string::npos ? "" : full_name.substr(0, space);
}

// The page above, those of the same command and those below.
bool are_near(const std::string& one, const std::string& other) {
    return name_above(one) == other || name_above(other) == one || name_above(one) == name_above(other);
}

std::string see_also_section(const NamedCommand& named, const Command& program) {
    std::string others;
    for (const NamedCommand& other : all_commands(program)) {
        if (other.full_name == named.full_name || !are_near(other.full_name, named.full_name)) continue;
        others += (others.empty() ? "" : ",\n") + bold(page_name(other.full_name)) + "(1)";
    }
    return others.empty() ? "" : ".SH \"SEE ALSO\"\n" + others + "\n";
}

}  // namespace

std::string page_name(const std::string& full_name) {
    std::string name = full_name;
    std::ranges::replace(name, ' ', '-');
    return name;
}

std::string man_page(const NamedCommand& named, const Command& program, const std::string& version) {
    std::string title = page_name(named.full_name);
    std::ranges::transform(title, title.begin(), [](char letter) {
        return 'a' <= letter && letter <= 'z' ? char(letter - 'a' + 'A') : letter;
    });
    const Command& command = *named.command;
    return ".\\\" Made from the command line definitions by apps/manual.\n.TH \"" + escaped(title) +
           R"(" 1 "" "earmark )" + version + "\" Earmark\n.SH NAME\n" + escaped(page_name(named.full_name)) + " \\- " +
           escaped(command.description) + "\n.SH SYNOPSIS\n" + synopsis(named) +
           options_section(command, "ARGUMENTS", true) + options_section(command, "OPTIONS", false) +
           commands_section(command) + examples_section(command) + exit_status_section() +
           see_also_section(named, program);
}

}  // namespace earmark
