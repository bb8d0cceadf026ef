#include "apps/common/category_option.h"

namespace earmark {

void add_category_option(CLI::App& command, std::string& category, const std::string& help) {
    command.add_option("--category", category, help)
        ->check(CLI::IsMember({"genre", "mood", "instrument", "voice", "era", "other"}));
}

}  // namespace earmark
