#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace earmark {

/// A vector with one byte a number: number i is about values[i] * scale.
struct QuantizedEmbedding {
    std::vector<std::int8_t> values;  ///< within [-127, 127]
    float scale = 0.0F;               ///< 0 for a vector of zeros
};

/// Each number rounded to the nearest of 255 steps, the greatest absolute value being 127 of them. To be used for
/// standardized embeddings (standardized_embedding): of others, the filters with small numbers would be lost.
/// Numbers that are not finite count as 0. Thread-safe.
QuantizedEmbedding quantize(std::span<const float> values);

/// The numbers again, each within half a step (scale / 2) of what it was. Thread-safe.
std::vector<float> dequantize(std::span<const std::int8_t> values, float scale);

}  // namespace earmark
