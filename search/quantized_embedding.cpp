#include "search/quantized_embedding.h"

#include <algorithm>
#include <cmath>

namespace earmark {
namespace {

constexpr float greatest_step = 127.0F;

float finite(float value) { return std::isfinite(value) ? value : 0.0F; }

}  // namespace

QuantizedEmbedding quantize(std::span<const float> values) {
    float greatest = 0.0F;
    for (const float value : values) greatest = std::max(greatest, std::abs(finite(value)));
    QuantizedEmbedding quantized{std::vector<std::int8_t>(values.size()), greatest / greatest_step};
    if (quantized.scale == 0.0F) return {std::vector<std::int8_t>(values.size()), 0.0F};
    for (std::size_t i = 0; i < values.size(); ++i) {
        const float steps = std::clamp(finite(values[i]) / quantized.scale, -greatest_step, greatest_step);
        quantized.values[i] = static_cast<std::int8_t>(std::lround(steps));
    }
    return quantized;
}

std::vector<float> dequantize(std::span<const std::int8_t> values, float scale) {
    std::vector<float> numbers(values.size());
    std::ranges::transform(values, numbers.begin(),
                           [&](std::int8_t value) { return static_cast<float>(value) * scale; });
    return numbers;
}

}  // namespace earmark
