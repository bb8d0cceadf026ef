#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "fingerprint/fingerprint.h"

namespace earmark {

/// Two clips that have sound in common.
struct NearDuplicate {
    std::size_t first = 0;  ///< index of a clip; less than `second`
    std::size_t second = 0;
    double offset_s = 0.0;   ///< when the sound of the second begins within the first; may be negative
    double common_s = 0.0;   ///< how long they sound the same
    double bit_error = 0.0;  ///< share of the fingerprints' bits that differ there
};

// What counts as a duplicate: measured, see docs/decisions/023. A window of this many numbers of both fingerprints, or
// all of the shorter one, differs in no more than this share of the bits.
inline constexpr double most_bit_error = 0.15;
inline constexpr std::size_t window_items = 40;
inline constexpr std::size_t shortest_window_items = 16;  ///< 4.6 s; shorter clips are compared with none

/// Finds the pairs by an index of equal numbers, the candidates of which are compared bit by bit at their offset. Work
/// and memory grow with the length of all audio, not with the number of pairs: at most 200 MB in addition to the
/// fingerprints. Returns them in the order of the clips, one for each pair; nothing when `go_on` (called once in a
/// while) returns false.
std::vector<NearDuplicate> near_duplicates(
    const std::vector<Fingerprint>& fingerprints, const std::function<bool()>& go_on = [] { return true; });

}  // namespace earmark
