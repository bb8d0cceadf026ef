#include "apps/common/window_options.h"

#include "apps/common/option_checks.h"

namespace earmark {

std::array<CLI::Option*, 2> add_window_options(CLI::App& command, WindowSettings& window) {
    const auto add = [&command](const char* name, double& seconds, const char* help) {
        return command.add_option(name, seconds, help)->type_name("S")->check(number(0.01))->capture_default_str();
    };
    return {add("--window", window.duration_s, "Duration of a window"),
            add("--hop", window.hop_s, "From the start of a window to that of the next one")};
}

}  // namespace earmark
