#pragma once

#include <cstddef>
#include <optional>
#include <span>

namespace earmark {

/// The lowest threshold from which on at least `least_precision` of the clips that reach it have the tag. Only the
/// borders of the isotonic regression of the truths over the scores are considered (pool adjacent violators; Ayer et
/// al. 1955, "An empirical distribution function for sampling with incomplete information"), so that a lucky clip far
/// down does not decide: over these, precision only falls as the threshold does. Nothing when no threshold has it, or
/// when fewer than `least_positive_count` clips have the tag. Truths are 1, 0, NaN where it is unknown, or the
/// probability that a clip has the tag, which counts as so much of a clip. REQUIRES: as many truths as scores.
std::optional<float> lowest_threshold_with_precision(std::span<const float> scores, std::span<const float> truths,
                                                     double least_precision, std::size_t least_positive_count);

}  // namespace earmark
