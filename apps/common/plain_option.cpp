#include "apps/common/plain_option.h"

namespace earmark {

void add_plain_option(CLI::App& command, bool& plain) {
    command.add_flag(
        "--plain", plain,
        "The method as published: all channels and silent segments count, and no clip is silent or too short");
}

}  // namespace earmark
