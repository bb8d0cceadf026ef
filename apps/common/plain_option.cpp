#include "apps/common/plain_option.h"

namespace earmark {

void add_plain_option(CLI::App& command, bool& plain) {
    command.add_flag("--plain", plain,
                     "The method as published: silent channels and silent segments count too, and every clip has tags");
}

}  // namespace earmark
