#include "apps/common/one_value.h"

#include <cassert>

namespace earmark {
namespace {

[[maybe_unused]] bool takes_one_or_any_number(const CLI::Option& option) {
    const int most = option.get_items_expected_max();
    return most <= 1 || most >= CLI::detail::expected_max_vector_size;
}

}  // namespace

void take_one_value_per_option(CLI::App& app) {
    for (CLI::Option* option : app.get_options()) {
        if (option->get_positional()) continue;
        assert(takes_one_or_any_number(*option));  // a fixed number would be taken from what follows
        option->allow_extra_args(false);
    }
    for (CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
        take_one_value_per_option(*command);
}

}  // namespace earmark
