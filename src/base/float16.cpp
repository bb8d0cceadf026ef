#include "base/float16.h"

#include <bit>
#include <cassert>
#include <cstddef>

#include "base/vector_clones.h"

namespace earmark {
namespace {

constexpr std::uint32_t float_infinity = 0x7F800000;
constexpr std::uint32_t half_infinity = 0x7C00;
constexpr std::uint32_t quiet_half = 0x0200;
constexpr int mantissa_difference = 13;                     // 23 bits against 10
constexpr std::uint32_t exponent_difference = 112 << 23;    // biases 127 against 15, where a float has its exponent
constexpr std::uint32_t smallest_normal_half = 0x38800000;  // 2^-14 as a float's bits

// The conversions choose between values rather than branch, so that the compiler can make vector code of the loops.
inline std::uint16_t to_half(float value) noexcept {
    const auto bits = std::bit_cast<std::uint32_t>(value);
    const std::uint32_t sign = (bits >> 16) & 0x8000;
    const std::uint32_t magnitude = bits & 0x7FFFFFFF;

    // Half of the last kept bit, less one when that bit is even: the carry rounds to nearest, ties to even. It may
    // run into the exponent, which then is right too, up to infinity.
    const std::uint32_t odd = (magnitude >> mantissa_difference) & 1;
    const std::uint32_t normal = (magnitude - exponent_difference + 0xFFF + odd) >> mantissa_difference;

    // A float of [0.5, 1) has steps of 2^-24, as subnormal halves do: the addition rounds.
    const float sum = std::bit_cast<float>(magnitude < smallest_normal_half ? magnitude : 0) + 0.5F;
    const std::uint32_t subnormal = std::bit_cast<std::uint32_t>(sum) - std::bit_cast<std::uint32_t>(0.5F);

    std::uint32_t half = magnitude < smallest_normal_half ? subnormal : normal;
    half = magnitude >= std::bit_cast<std::uint32_t>(least_half_overflow) ? half_infinity : half;
    const std::uint32_t not_a_number = half_infinity | quiet_half | ((magnitude >> mantissa_difference) & 0x1FF);
    half = magnitude > float_infinity ? not_a_number : half;
    return static_cast<std::uint16_t>(sign | half);
}

inline float to_float(std::uint16_t half) noexcept {
    const auto sign = static_cast<std::uint32_t>(half & 0x8000) << 16;
    const std::uint32_t magnitude = half & 0x7FFF;
    const std::uint32_t shifted = magnitude << mantissa_difference;

    // 2^-14 (1 + m / 1024) - 2^-14 = m 2^-24, without a subnormal float on the way.
    const auto above = std::bit_cast<float>(shifted | smallest_normal_half);
    const auto subnormal = std::bit_cast<std::uint32_t>(above - std::bit_cast<float>(smallest_normal_half));
    const std::uint32_t quiet = magnitude > half_infinity ? quiet_half << mantissa_difference : 0;

    std::uint32_t bits = magnitude < 0x0400 ? subnormal : shifted + exponent_difference;
    bits = magnitude >= half_infinity ? float_infinity | shifted | quiet : bits;
    return std::bit_cast<float>(sign | bits);
}

}  // namespace

std::uint16_t half_from_float(float value) noexcept { return to_half(value); }

float float_from_half(std::uint16_t half) noexcept { return to_float(half); }

EARMARK_VECTOR_CLONES
void halves_from_floats(std::span<const float> values, std::span<std::uint16_t> halves) noexcept {
    assert(values.size() == halves.size());
    for (std::size_t i = 0; i < values.size(); ++i) halves[i] = to_half(values[i]);
}

EARMARK_VECTOR_CLONES
void floats_from_halves(std::span<const std::uint16_t> halves, std::span<float> values) noexcept {
    assert(values.size() == halves.size());
    for (std::size_t i = 0; i < halves.size(); ++i) values[i] = to_float(halves[i]);
}

}  // namespace earmark
