#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "apps/write_tags/plan_report.h"
#include "catalogue/known_results.h"

namespace earmark {

/// Puts what would change in the files of a library into a plan, by the tags that its database has: nothing is
/// analyzed. A file that has vanished or changed since the scan gives a message, and is left out. Throws Error
/// (unwritable), DatabaseError.
void plan_library(catalogue::KnownResults& results, PlanReport& report, const std::stop_token& stop);

/// The paths as a library has them. One below which it has no file gives a message of `report`; "-" is refused. Throws
/// Error (usage), DatabaseError.
std::vector<std::filesystem::path> paths_in_library(catalogue::Catalogue& library,
                                                    const std::vector<std::string>& paths, PlanReport& report);

}  // namespace earmark
