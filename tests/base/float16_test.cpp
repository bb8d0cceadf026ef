#include "base/float16.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <limits>
#include <sstream>
#include <string>
#include <vector>

namespace earmark {
namespace {

constexpr std::uint32_t half_count = 65536;

std::uint32_t bits(float value) { return std::bit_cast<std::uint32_t>(value); }

bool is_half_nan(std::uint32_t half) { return (half & 0x7FFF) > 0x7C00; }

TEST(Half, every_half_is_the_same_after_float_and_back) {
    for (std::uint32_t half = 0; half < half_count; ++half) {
        if (is_half_nan(half)) continue;
        ASSERT_EQ(half_from_float(float_from_half(static_cast<std::uint16_t>(half))), half);
    }
}

TEST(Half, every_half_has_the_value_of_its_sign_exponent_and_fraction) {
    for (std::uint32_t half = 0; half < 0x7C00; ++half) {
        const auto exponent = static_cast<int>(half >> 10);
        const auto mantissa = static_cast<float>(half & 0x3FF);
        const float expected =
            exponent == 0 ? std::ldexp(mantissa, -24) : std::ldexp(1024.0F + mantissa, exponent - 25);
        ASSERT_EQ(float_from_half(static_cast<std::uint16_t>(half)), expected);
        ASSERT_EQ(float_from_half(static_cast<std::uint16_t>(half | 0x8000)), -expected);
    }
}

TEST(Half, not_a_number_stays_so_with_its_sign) {
    for (std::uint32_t half = 0; half < half_count; ++half) {
        if (!is_half_nan(half)) continue;
        const float value = float_from_half(static_cast<std::uint16_t>(half));
        ASSERT_TRUE(std::isnan(value));
        const std::uint16_t again = half_from_float(value);
        ASSERT_TRUE(is_half_nan(again));
        ASSERT_EQ(again & 0x8000U, half & 0x8000);
    }
}

TEST(Half, not_a_number_with_low_bits_alone_does_not_become_infinite) {
    EXPECT_TRUE(is_half_nan(half_from_float(std::bit_cast<float>(0x7F800001))));
}

TEST(Half, the_middle_of_two_halves_goes_to_the_even_one) {
    for (std::uint32_t half = 0; half < 0x7BFF; ++half) {
        const float low = float_from_half(static_cast<std::uint16_t>(half));
        const float high = float_from_half(static_cast<std::uint16_t>(half + 1));
        const float middle = low + (high - low) / 2.0F;
        ASSERT_EQ(half_from_float(middle), half + half % 2);
        ASSERT_EQ(half_from_float(std::nextafter(middle, 0.0F)), half);
        ASSERT_EQ(half_from_float(std::nextafter(middle, high)), half + 1);
    }
}

TEST(Half, infinity_begins_at_65520) {
    EXPECT_EQ(half_from_float(greatest_half), 0x7BFF);
    EXPECT_EQ(half_from_float(std::nextafter(least_half_overflow, 0.0F)), 0x7BFF);
    EXPECT_EQ(half_from_float(least_half_overflow), 0x7C00);
    EXPECT_EQ(half_from_float(-std::numeric_limits<float>::max()), 0xFC00);
    EXPECT_EQ(bits(float_from_half(0xFC00)), bits(-std::numeric_limits<float>::infinity()));
}

TEST(Half, zero_keeps_its_sign) {
    EXPECT_EQ(half_from_float(-0.0F), 0x8000);
    EXPECT_EQ(bits(float_from_half(0x8000)), bits(-0.0F));
}

TEST(Half, spans_give_what_single_numbers_give) {
    std::vector<float> values;
    for (std::uint32_t i = 0; i < 100'003; ++i) values.push_back(std::bit_cast<float>(i * 42'943U));
    std::vector<std::uint16_t> halves(values.size());
    std::vector<float> back(values.size());
    halves_from_floats(values, halves);
    floats_from_halves(halves, back);
    for (std::size_t i = 0; i < values.size(); ++i) {
        ASSERT_EQ(halves[i], half_from_float(values[i]));
        ASSERT_EQ(bits(back[i]), bits(float_from_half(halves[i])));
    }
}

class HalfGolden : public testing::TestWithParam<const char*> {};

TEST_P(HalfGolden, rounds_as_numpy_does) {
    std::ifstream file(EARMARK_GOLDEN_DIR "/model/float_to_half.tsv");
    std::string section;
    std::uint32_t float_bits = 0;
    std::uint32_t expected = 0;
    int count = 0;
    while (file >> section >> std::hex >> float_bits >> expected) {
        if (section != GetParam()) continue;
        EXPECT_EQ(half_from_float(std::bit_cast<float>(float_bits)), expected) << std::hex << float_bits;
        ++count;
    }
    EXPECT_GT(count, 0);
}

INSTANTIATE_TEST_SUITE_P(Sections, HalfGolden,
                         testing::Values("plain", "ties", "carries", "subnormals", "overflows", "infinities",
                                         "anything"),
                         [](const auto& instance) { return std::string(instance.param); });

}  // namespace
}  // namespace earmark
