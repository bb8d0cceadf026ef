#pragma once

#include <string>

#include "earmark/explain.h"

namespace earmark {

/// "+0.25" or "-0.25"; without a sign where no digit is other than 0.
std::string signed_number(double value, int digits = 2);

/// Digits behind the point with which the greatest contribution of a moment has two or three digits that count. In a
/// long song, ten seconds contribute a few thousandths.
int moment_digits(const TagExplanation& tag);

}  // namespace earmark
