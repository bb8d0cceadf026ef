#pragma once

#include <string_view>

namespace earmark {

// The page of apps/analyze/report up to the place of the data, and after it, with its style and scripts inside.
// cmake/ReportTemplate.cmake makes the source at build time.
std::string_view report_before_study();
std::string_view report_after_study();

}  // namespace earmark
