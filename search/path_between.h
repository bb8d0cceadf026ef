#pragma once

#include <cstddef>
#include <vector>

#include "search/choice.h"
#include "search/int8_matrix.h"

namespace earmark {

/// A way from one track to another through those between them, in steps that are as even as the library allows: indices
/// into `tracks`, `count` of them, or fewer if there are not enough; the first is `from` and the last is `to`. No
/// recording comes twice.
///
/// With the angles a and b of a track to the two ends, a / (a + b) is how far on the way it is; that always grows. Of
/// the tracks with the least detour for each step (a + b is small), those are taken whose squared angles from each to
/// the next have the least sum, together with the squared departure from even progress; by dynamic programming.
/// REQUIRES: a row of the matrix for every track, indices that there are, count >= 2. Thread-safe, unless the
/// fingerprints are not.
std::vector<std::size_t> path_between(const std::vector<RecordingFacts>& tracks, const Int8Matrix& embeddings,
                                      std::size_t from, std::size_t to, std::size_t count,
                                      const FingerprintSource& fingerprints = {});

}  // namespace earmark
