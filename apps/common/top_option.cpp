#include "apps/common/top_option.h"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "apps/common/option_checks.h"

namespace earmark {

CLI::Option* add_top_option(CLI::App& command, std::size_t& most, const std::string& what, std::uint64_t least,
                            std::uint64_t greatest) {
    return command.add_option("--top", most, what)
        ->type_name("N")
        ->check(whole_number(least, greatest))
        ->capture_default_str();
}

}  // namespace earmark
