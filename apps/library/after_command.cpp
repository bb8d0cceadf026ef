#include "apps/library/after_command.h"

#include <sys/wait.h>

#include <cstdlib>

#include "apps/common/program.h"

namespace earmark {

bool run_after(const std::string& command, const ScanSummary& summary) {
    setenv("EARMARK_CHANGED", std::to_string(summary.changed_count()).c_str(), 1);
    const int status = std::system(command.c_str());  // NOLINT(cert-env33-c): the user's own command
    if (status == 0) return true;
    print_message("--after: '" + command + "' failed" +
                  (WIFEXITED(status) ? ", with exit status " + std::to_string(WEXITSTATUS(status)) : ""));
    return false;
}

}  // namespace earmark
