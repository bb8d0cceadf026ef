#include "apps/common/category_option.h"

#include "apps/common/option_checks.h"
namespace earmark {

void add_category_option(CLI::App& command, std::string& category, const std::string& help) {
    command.add_option("--category", category, help)
        ->check(one_of({"genre", "mood", "instrument", "voice", "era", "other"}));
}

}  // namespace earmark
