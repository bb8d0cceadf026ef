#include "apps/common/window_options.h"

#include "apps/common/option_checks.h"

namespace earmark {

void add_window_options(CLI::App& command, WindowSettings& window) {
    command.add_option("--window", window.duration_s, "Duration of a window")
        ->type_name("S")
        ->check(number(0.01))
        ->capture_default_str();
    command.add_option("--hop", window.hop_s, "From the start of a window to that of the next one")
        ->type_name("S")
        ->check(number(0.01))
        ->capture_default_str();
}

}  // namespace earmark
