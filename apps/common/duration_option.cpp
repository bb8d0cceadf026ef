#include "apps/common/duration_option.h"

#include <string>

#include "apps/common/option_checks.h"

namespace earmark {

void add_max_duration_option(CLI::App& command, double& max_duration_s) {
    const std::string standard = max_duration_s == hour_s ? "3600, an hour" : "86400, a day";
    command
        .add_option("--max-duration", max_duration_s,
                    "Use only the first S seconds of a file (default: " + standard + ")")
        ->type_name("S")
        ->check(number(0.001));
}

}  // namespace earmark
