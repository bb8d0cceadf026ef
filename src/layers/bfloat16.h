#pragma once

#include <bit>
#include <compare>
#include <cstdint>
#include <span>

namespace earmark {

/// The upper half of a float: its sign, its exponent, 7 bits of its mantissa.
struct BFloat16 {
    std::uint16_t bits = 0;

    /// Rounds to nearest, ties to even. REQUIRES: a finite value.
    static BFloat16 from(float value) noexcept {
        const auto float_bits = std::bit_cast<std::uint32_t>(value);
        return {static_cast<std::uint16_t>((float_bits + 0x7FFF + ((float_bits >> 16) & 1)) >> 16)};
    }

    explicit operator float() const noexcept { return std::bit_cast<float>(std::uint32_t{bits} << 16); }

    /// Of values that are not negative, which is what ReLU leaves: their order is that of their bits.
    auto operator<=>(const BFloat16&) const = default;
};

/// Copies, rounded where need be. REQUIRES: room for all.
void copy_values(std::span<const float> values, std::span<float> copy) noexcept;
void copy_values(std::span<const float> values, std::span<BFloat16> copy) noexcept;
void copy_values(std::span<const BFloat16> values, std::span<float> copy) noexcept;

}  // namespace earmark
