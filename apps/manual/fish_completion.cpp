#include "apps/manual/completion.h"

namespace earmark {
namespace {

// In single quotes, in which fish knows \' and \\.
std::string single_quoted(const std::string& text) {
    std::string word = "'";
    for (const char character : text)
        word += character == '\'' || character == '\\' ? std::string{'\\', character} : std::string(1, character);
    return word + "'";
}

std::string start_of(const NamedCommand& named) {
    return "complete -c earmark -n " +
           single_quoted("__earmark_command_is \"" + name_below_program(named.full_name) + "\"");
}

std::string names_of(const CommandOption& option) {
    std::string names;
    for (const std::string& name : option.names)
        names += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
    return names;
}

std::string values_of(const CommandOption& option) {
    if (option.value.empty() && option.choices.empty()) return "";
    switch (offer_for(option)) {
        case Offer::files: return " -r -F";
        case Offer::directories: return " -x -a '(__fish_complete_directories)'";
        case Offer::nothing: return " -x";
        case Offer::choices: break;
    }
    std::string choices;
    for (const std::string& choice : option.choices) choices += (choices.empty() ? "" : " ") + choice;
    return " -x -a " + single_quoted(choices);
}

std::string lines_of(const NamedCommand& named) {
    std::string lines;
    for (const CommandOption& option : named.command->options) {
        if (option.names.empty()) continue;
        lines += start_of(named) + names_of(option) + values_of(option) + " -d " + single_quoted(option.help) + "\n";
    }
    for (const Command& other : named.command->commands)
        lines += start_of(named) + " -a " + other.name + " -d " + single_quoted(other.description) + "\n";
    if (offer_for_arguments(*named.command) == Offer::files) lines += start_of(named) + " -F\n";
    return lines;
}

std::string command_patterns(const Command& program) {
    std::string patterns;
    for (const NamedCommand& named : all_commands(program)) {
        const std::string name = name_below_program(named.full_name);
        if (!name.empty()) patterns += " " + single_quoted((name.find(' ') == std::string::npos ? " " : "") + name);
    }
    return patterns;
}

}  // namespace

std::string fish_completion(const Command& program) {
    std::string lines;
    for (const NamedCommand& named : all_commands(program)) lines += lines_of(named);
    return R"(# fish completion of earmark, made from the command line definitions by apps/manual.
function __earmark_command_is
    set -l command
    for word in (commandline -opc)[2..-1]
        switch "$command $word"
            case)" +
           command_patterns(program) + R"(
                set command (string trim -- "$command $word")
        end
    end
    test "$command" = "$argv[1]"
end
complete -c earmark -f
)" + lines;
}

}  // namespace earmark
