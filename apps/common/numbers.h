#pragma once

#include <string>

namespace earmark {

/// With so many digits behind the point.
std::string fixed_number(double value, int digits);

/// To six digits behind the point, more than a model knows; the shortest text of the rounded number keeps files small.
double rounded(double value);

}  // namespace earmark
