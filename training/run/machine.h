#pragma once

#include <string>

namespace earmark {

/// What results were measured on: "AMD EPYC 9B14, 2 cores", as Linux reports it.
std::string machine();

/// ISO 8601, in UTC.
std::string today();

}  // namespace earmark
