#include "apps/common/duration_option.h"

#include "apps/common/option_checks.h"

namespace earmark {

void add_max_duration_option(CLI::App& command, double& max_duration_s) {
    command
        .add_option("--max-duration", max_duration_s, "Use only the first S seconds of a file (default: 86400, a day)")
        ->type_name("S")
        ->check(number(0.001));
}

}  // namespace earmark
