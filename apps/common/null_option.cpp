#include "apps/common/null_option.h"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

namespace earmark {

void add_null_option(CLI::App& command, bool& is_null_separated) {
    command.add_flag("--null", is_null_separated, "Paths on standard input end with NUL bytes, as from find -print0");
}

}  // namespace earmark
