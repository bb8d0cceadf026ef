#include "apps/common/plain_option.h"

namespace earmark {

void add_plain_option(CLI::App& command, bool& plain) {
    command.add_flag("--plain", plain,
                     "The method as published: silent segments count, and no clip is silent or too short for tags");
}

}  // namespace earmark
