#pragma once

#include <string>

#include "apps/library/scan_summary.h"

namespace earmark {

/// Runs a shell command after a scan. False, and a message, where it failed.
bool run_after(const std::string& command, const ScanSummary& summary);

}  // namespace earmark
