#include "apps/manual/completion.h"

namespace earmark {
namespace {

// In single quotes.
std::string single_quoted(const std::string& text) {
    std::string word = "'";
    for (const char character : text) word += character == '\'' ? std::string("'\\''") : std::string(1, character);
    return word + "'";
}

// "--format:How results are written", as _describe takes it.
std::string described(const std::string& name, const std::string& help) { return single_quoted(name + ":" + help); }

std::string value_cases(const NamedCommand& named) {
    std::string cases;
    for (const CommandOption& option : named.command->options) {
        if (option.value.empty() && option.choices.empty()) continue;
        std::string offered = "_message " + single_quoted(option.value);
        if (offer_for(option) == Offer::files) offered = "_files";
        if (offer_for(option) == Offer::directories) offered = "_files -/";
        if (offer_for(option) == Offer::choices) {
            offered = "compadd --";
            for (const std::string& choice : option.choices) offered += " " + single_quoted(choice);
        }
        for (const std::string& name : option.names) {
            cases += "    " + single_quoted(name_below_program(named.full_name) + " " + name);
            cases += ") " + offered;
            cases += "; return ;;\n";
        }
    }
    return cases;
}

std::string word_case(const NamedCommand& named) {
    std::string options;
    for (const CommandOption& option : named.command->options) {
        for (const std::string& name : option.names) options += " " + described(name, option.help);
    }
    std::string commands;
    for (const Command& other : named.command->commands) commands += " " + described(other.name, other.description);
    const std::string files = offer_for_arguments(*named.command) == Offer::files ? "yes" : "";
    return "    " + single_quoted(name_below_program(named.full_name)) + ")\n      options=(" + options +
           ")\n      commands=(" + commands + ")\n      files=" + files + " ;;\n";
}

std::string command_pattern(const Command& program) {
    std::string pattern;
    for (const NamedCommand& named : all_commands(program)) {
        const std::string name = name_below_program(named.full_name);
        if (name.empty()) continue;
        pattern +=
            (pattern.empty() ? "" : "|") + single_quoted((name.find(' ') == std::string::npos ? " " : "") + name);
    }
    return pattern;
}

}  // namespace

std::string zsh_completion(const Command& program) {
    std::string values;
    std::string words;
    for (const NamedCommand& named : all_commands(program)) {
        values += value_cases(named);
        words += word_case(named);
    }
    return R"(#compdef earmark
# zsh completion of earmark, made from the command line definitions by apps/manual.
_earmark() {
  local command= word files=
  local -a options commands
  for word in "${(@)words[2,CURRENT-1]}"; do
    case "$command $word" in
    )" + command_pattern(program) +
           R"() command=${command:+$command }$word ;;
    esac
  done
  case "$command $words[CURRENT-1]" in
)" + values +
           R"(  esac
  case "$command" in
)" + words +
           R"(  esac
  if [[ $words[CURRENT] == -* ]]; then
    _describe -o option options
  elif (( $#commands )); then
    _describe command commands
  elif [[ -n $files ]]; then
    _files
  fi
}
_earmark "$@"
)";
}

}  // namespace earmark
