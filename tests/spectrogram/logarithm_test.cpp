#include "spectrogram/logarithm.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

namespace earmark {
namespace {

std::vector<float> logarithms(std::vector<float> values) {
    take_log10(values);
    return values;
}

TEST(Logarithm, of_one_is_zero) { EXPECT_EQ(logarithms({1.0F}).front(), 0.0F); }

TEST(Logarithm, of_powers_of_ten_is_whole) {
    const std::vector<float> result = logarithms({10.0F, 1e3F, 1e10F, 1e24F});
    EXPECT_FLOAT_EQ(result[0], 1.0F);
    EXPECT_FLOAT_EQ(result[1], 3.0F);
    EXPECT_FLOAT_EQ(result[2], 10.0F);
    EXPECT_FLOAT_EQ(result[3], 24.0F);
}

TEST(Logarithm, agrees_with_the_standard_library_at_every_thousandth_float) {
    std::vector<float> values;
    const auto greatest = std::bit_cast<std::uint32_t>(std::numeric_limits<float>::max());
    for (auto bits = std::bit_cast<std::uint32_t>(1.0F); bits <= greatest; bits += 1009) {
        values.push_back(std::bit_cast<float>(bits));
    }
    const std::vector<float> result = logarithms(values);
    double greatest_error = 0.0;
    for (std::size_t i = 1; i < values.size(); ++i) {
        const double expected = std::log10(static_cast<double>(values[i]));
        const auto unit = static_cast<double>(std::nextafter(static_cast<float>(expected), 100.0F)) -
                          static_cast<double>(static_cast<float>(expected));
        greatest_error = std::max(greatest_error, std::abs(result[i] - expected) / unit);
    }
    EXPECT_LE(greatest_error, 4.0);
}

TEST(Logarithm, of_any_count_of_numbers_is_the_same) {
    for (std::size_t count = 1; count < 40; ++count) {
        const std::vector<float> result = logarithms(std::vector<float>(count, 2.5F));
        for (const float value : result) EXPECT_EQ(value, result.front());
        EXPECT_FLOAT_EQ(result.back(), 0.39794F);
    }
}

}  // namespace
}  // namespace earmark
