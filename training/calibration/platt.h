#pragma once

#include <span>

#include "earmark/calibration.h"

namespace earmark {

/// The Platt calibration with the greatest likelihood, by Newton's method in double precision, for targets that are
/// drawn in as Platt 1999 does it: (n+1) / (n+2) instead of 1 and 1 / (m+2) instead of 0, where n clips have the tag
/// and m do not; a clip that has it with probability t counts as t and 1-t of them, with a target between the two. A
/// slope that would be below 0 is 0, so that the calibrated probability is the frequency of the tag. Identity when no
/// clip has the tag, or all do. `truths` are 0, 1, a probability, or NaN where it is unknown. REQUIRES: as many truths
/// as probabilities.
Calibration fit_platt(std::span<const float> probabilities, std::span<const float> truths);

}  // namespace earmark
