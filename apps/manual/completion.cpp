#include "apps/manual/completion.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace earmark {
namespace {

constexpr std::array<std::string_view, 5> names_of_files{"FILE", "PATH", "RECIPE", "SOURCE", "MODEL"};

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

bool names_files(const std::string& value) {
    return std::ranges::any_of(names_of_files, [&](std::string_view name) { return contains(value, name); });
}

}  // namespace

Offer offer_for(const CommandOption& option) {
    if (!option.choices.empty()) return Offer::choices;
    // The name of an argument shows what it is, for example PATH.
    const std::string& value = option.positional.empty() ? option.value : option.positional;
    if (contains(value, "DIR")) return Offer::directories;
    return names_files(value) ? Offer::files : Offer::nothing;
}

std::string name_below_program(const std::string& full_name) {
    const std::size_t space = full_name.find(' ');
    return space == std::string::npos ? "" : full_name.substr(space + 1);
}

std::vector<std::string> option_names(const Command& command) {
    std::vector<std::string> names;
    for (const CommandOption& option : command.options)
        names.insert(names.end(), option.names.begin(), option.names.end());
    return names;
}

Offer offer_for_arguments(const Command& command) {
    Offer offer = Offer::nothing;
    for (const CommandOption& option : command.options) {
        if (!option.positional.empty()) offer = std::max(offer, offer_for(option));
    }
    return offer == Offer::directories ? Offer::files : offer;
}

}  // namespace earmark
