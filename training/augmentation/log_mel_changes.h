#pragma once

#include <cstddef>
#include <span>

namespace earmark {

/// Takes the frames of a log-mel segment at another pace, around its middle, and its bands from `shift` bands above.
/// Linear between frames and between bands; beyond the edges is what is at the edge. `source` and `target` are
/// frames x `band_count` and may differ in frames. REQUIRES: both have at least one frame.
void warp(std::span<const float> source, std::span<float> target, std::size_t band_count, float pace, float shift);

/// Multiplies mel magnitudes: each log10(1 + c m) becomes log10(1 + c m f), whatever c, to within 2e-6. `values` is
/// frames x bands, `factors` has an f > 0 for each band.
void equalize(std::span<float> values, std::span<const float> factors) noexcept;

}  // namespace earmark
