// Embeddings with one byte a number.
#include "search/quantized_embedding.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace earmark {
namespace {

using testing::Each;
using testing::ElementsAre;

TEST(QuantizedEmbedding, has_numbers_within_half_a_step) {
    std::vector<float> numbers;
    for (int i = 0; i < 1000; ++i) numbers.push_back(std::sin(static_cast<float>(i)) * 7.3F);
    const QuantizedEmbedding quantized = quantize(numbers);
    const std::vector<float> again = dequantize(quantized.values, quantized.scale);
    for (std::size_t i = 0; i < numbers.size(); ++i)
        EXPECT_LE(std::abs(again[i] - numbers[i]), quantized.scale * 0.5001F) << i;
}

TEST(QuantizedEmbedding, takes_all_steps_of_a_byte_but_the_lowest) {
    const QuantizedEmbedding quantized = quantize(std::vector<float>{-2.0F, 0.0F, 1.0F, 2.0F});
    EXPECT_THAT(quantized.values, ElementsAre(-127, 0, 64, 127));
    EXPECT_FLOAT_EQ(quantized.scale, 2.0F / 127.0F);
}

TEST(QuantizedEmbedding, of_zeros_and_of_numbers_that_are_not_finite_is_zero) {
    EXPECT_THAT(quantize(std::vector<float>(5, 0.0F)).values, Each(0));
    const float infinity = std::numeric_limits<float>::infinity();
    const QuantizedEmbedding quantized = quantize(std::vector<float>{std::nanf(""), infinity, 1.0F});
    EXPECT_THAT(quantized.values, ElementsAre(0, 0, 127));
    // Too small for a scale in float32.
    EXPECT_THAT(quantize(std::vector<float>(3, std::numeric_limits<float>::denorm_min())).values, Each(0));
}

}  // namespace
}  // namespace earmark
