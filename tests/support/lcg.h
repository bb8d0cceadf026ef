#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "earmark/matrix.h"

namespace earmark {

/// Numbers that a formula makes, the same here and in lcg.py: s(n) = (1664525 s(n-1) + 1013904223) mod 2^32; a value is
/// the upper 24 bits of s(n), within [-1, 1), times the scale.
class Lcg {
public:
    explicit Lcg(std::uint32_t seed) : state_(seed) {}

    std::vector<float> values(float scale, std::size_t count) {
        std::vector<float> result(count);
        for (float& value : result) {
            state_ = 1664525U * state_ + 1013904223U;
            const auto centered = static_cast<std::int32_t>(state_ >> 8) - (1 << 23);
            value = static_cast<float>(centered) / static_cast<float>(1 << 23) * scale;
        }
        return result;
    }

    Matrix matrix(float scale, std::size_t row_count, std::size_t column_count) {
        return {row_count, column_count, values(scale, row_count * column_count)};
    }

private:
    std::uint32_t state_;
};

}  // namespace earmark
