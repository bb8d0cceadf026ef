#pragma once

#include <string>

namespace earmark {

/// What figures were measured on: "AMD EPYC 9B14, 2 cores", as Linux tells it.
std::string machine();

}  // namespace earmark
