#pragma once

#include <string>

#include "apps/common/exit_status.h"
#include "metadata/write_fields.h"

namespace earmark {

/// Does what a plan has; a file that fails is left as it is. `journal`: empty for the default, in $XDG_STATE_HOME or
/// ~/.local/state, by a name that belongs to the plan. Throws Error when nothing could begin.
ExitStatus apply_plan(const std::string& plan_file, const std::string& journal, const metadata::WriteOptions& options);

/// Makes the files of a journal what they were.
ExitStatus undo_journal(const std::string& journal_file);

}  // namespace earmark
