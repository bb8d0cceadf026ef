#include "apps/common/two_dashes.h"

#include <algorithm>
#include <utility>

namespace earmark {
namespace {

constexpr char mark = '\x01';  // no name that a person types begins with it

}  // namespace

std::vector<std::string> marked_arguments(int argument_count, const char* const* arguments) {
    std::vector<std::string> marked;
    bool is_name = false;
    for (int i = 1; i < argument_count; ++i) {
        std::string argument = arguments[i];
        if (!is_name && argument == "--") {
            is_name = true;
            continue;
        }
        if (is_name && argument.starts_with('-')) argument.insert(argument.begin(), mark);
        marked.push_back(std::move(argument));
    }
    std::ranges::reverse(marked);
    return marked;
}

void take_marked_arguments(CLI::App& app) {
    for (CLI::Option* option : app.get_options()) {
        if (!option->get_positional()) continue;
        option->transform([](const std::string& text) { return text.substr(text.starts_with(mark) ? 1 : 0); });
    }
    for (CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) take_marked_arguments(*command);
}

std::string without_marks(std::string text) {
    std::erase(text, mark);
    return text;
}

}  // namespace earmark
