#include "apps/manual/completion.h"

namespace earmark {
namespace {

std::string joined(const std::vector<std::string>& words) {
    std::string line;
    for (const std::string& word : words) line += (line.empty() ? "" : " ") + word;
    return line;
}

// What is offered instead of the value of an option.
std::string offered_values(const CommandOption& option) {
    switch (offer_for(option)) {
        case Offer::choices: return "words='" + joined(option.choices) + "'";
        case Offer::files: return "kind=-f";
        case Offer::directories: return "kind=-d";
        case Offer::nothing: break;
    }
    return "kind=none";
}

// "tag --format": what follows.
std::string value_cases(const NamedCommand& named) {
    std::string cases;
    for (const CommandOption& option : named.command->options) {
        if (option.value.empty() && option.choices.empty()) continue;
        for (const std::string& name : option.names)
            cases += "        '" + name_below_program(named.full_name) + " " + name + "') " + offered_values(option) +
                     " ;;\n";
    }
    return cases;
}

std::string word_case(const NamedCommand& named) {
    std::vector<std::string> commands;
    for (const Command& other : named.command->commands) commands.push_back(other.name);
    const std::string kind = offer_for_arguments(*named.command) == Offer::files ? " kind=-f" : "";
    return "            '" + name_below_program(named.full_name) + "') options='" +
           joined(option_names(*named.command)) + "' commands='" + joined(commands) + "'" + kind + " ;;\n";
}

// Words that lead to a command: " dataset", "dataset import".
std::string command_pattern(const Command& program) {
    std::string pattern;
    for (const NamedCommand& named : all_commands(program)) {
        const std::string name = name_below_program(named.full_name);
        if (name.empty()) continue;
        const std::string before = name.find(' ') == std::string::npos ? " " : "";
        pattern += pattern.empty() ? "'" : " | '";
        pattern += before;
        pattern += name + "'";
    }
    return pattern;
}

}  // namespace

std::string bash_completion(const Command& program) {
    std::string values;
    std::string words;
    for (const NamedCommand& named : all_commands(program)) {
        values += value_cases(named);
        words += word_case(named);
    }
    return R"(# bash completion of earmark, made from the command line definitions by apps/manual.
_earmark() {
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} command= word
    local words= options= commands= kind=
    if [[ $current == = ]]; then  # --format=
        current=
    elif [[ $previous == = ]]; then
        previous=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        case "$command $word" in
        )" +
           command_pattern(program) + R"() command=${command:+$command }$word ;;
        esac
    done
    case "$command $previous" in
)" + values +
           R"(        *)
            case $command in
)" + words +
           R"(            esac
            words=$commands
            if [[ $current == -* || -z $commands$kind ]]; then words=$options kind=; fi
            ;;
    esac
    COMPREPLY=()
    [[ -z $words ]] || mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
    if [[ $kind == -? ]]; then
        compopt -o filenames 2>/dev/null
        mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen "$kind" -- "$current")
    fi
}
complete -F _earmark earmark
)";
}

}  // namespace earmark
