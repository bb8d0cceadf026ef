#include "spectrogram/logarithm.h"

#include <bit>
#include <cstdint>
#include <numbers>

#include "base/vector_clones.h"

namespace earmark {
namespace {

constexpr std::uint32_t sqrt_half_bits = 0x3F3504F3;  // of sqrt(1/2) as a float
constexpr int mantissa_bits = 23;

// x = 2^e m with m in [sqrt(1/2), sqrt(2)), and ln m = 2 artanh s = 2 (s + s^3/3 + s^5/5 + ...) with
// s = (m - 1) / (m + 1). |s| < 0.172, so that the first term left out, of s^11, is below 4e-10.
inline float log10_of(float x) noexcept {
    constexpr float log10_2 = std::numbers::ln2_v<float> / std::numbers::ln10_v<float>;
    constexpr float twice_log10_e = 2.0F / std::numbers::ln10_v<float>;
    const auto bits = std::bit_cast<std::int32_t>(x);
    const std::int32_t exponent = (bits - static_cast<std::int32_t>(sqrt_half_bits)) >> mantissa_bits;
    const auto mantissa = std::bit_cast<float>(bits - (exponent << mantissa_bits));
    const float s = (mantissa - 1.0F) / (mantissa + 1.0F);
    const float s2 = s * s;
    const float series = 1.0F + s2 * (1.0F / 3 + s2 * (1.0F / 5 + s2 * (1.0F / 7 + s2 * (1.0F / 9))));
    return static_cast<float>(exponent) * log10_2 + twice_log10_e * s * series;
}

}  // namespace

EARMARK_VECTOR_CLONES
void take_log10(std::span<float> values) noexcept {
    for (float& value : values) value = log10_of(value);
}

}  // namespace earmark
