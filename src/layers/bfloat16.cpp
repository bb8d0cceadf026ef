#include "layers/bfloat16.h"

#include <algorithm>
#include <cassert>

#include "base/vector_clones.h"

namespace earmark {

void copy_values(std::span<const float> values, std::span<float> copy) noexcept {
    std::copy(values.begin(), values.end(), copy.begin());
}

EARMARK_VECTOR_CLONES
void copy_values(std::span<const float> values, std::span<BFloat16> copy) noexcept {
    assert(values.size() <= copy.size());
    for (std::size_t i = 0; i < values.size(); ++i) copy[i] = BFloat16::from(values[i]);
}

EARMARK_VECTOR_CLONES
void copy_values(std::span<const BFloat16> values, std::span<float> copy) noexcept {
    assert(values.size() <= copy.size());
    for (std::size_t i = 0; i < values.size(); ++i) copy[i] = static_cast<float>(values[i]);
}

}  // namespace earmark
