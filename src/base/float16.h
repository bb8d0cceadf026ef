#pragma once

#include <cstdint>
#include <span>

namespace earmark {

/// Greatest finite number of IEEE 754 binary16, and the least magnitude that rounds to infinity.
inline constexpr float greatest_half = 65504.0F;
inline constexpr float least_half_overflow = 65520.0F;

/// IEEE 754 binary16 as its bits, rounded to nearest, ties to even. Too large magnitudes become infinite; any NaN
/// becomes a quiet NaN of the same sign.
std::uint16_t half_from_float(float value) noexcept;

/// Exact. A signaling NaN becomes quiet.
float float_from_half(std::uint16_t half) noexcept;

/// The same for many numbers. REQUIRES: both spans have the same length.
void halves_from_floats(std::span<const float> values, std::span<std::uint16_t> halves) noexcept;
void floats_from_halves(std::span<const std::uint16_t> halves, std::span<float> values) noexcept;

}  // namespace earmark
