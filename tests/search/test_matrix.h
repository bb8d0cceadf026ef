#pragma once

#include <vector>

#include "search/int8_matrix.h"
#include "search/quantized_embedding.h"

namespace earmark {

/// Quantized rows with what belongs to them.
struct TestMatrix {
    std::vector<std::int8_t> values{};
    std::vector<float> inverse_lengths{};
    std::size_t column_count = 0;

    void add(const std::vector<std::int8_t>& row) {
        values.insert(values.end(), row.begin(), row.end());
        inverse_lengths.push_back(inverse_length(row));
        column_count = row.size();
    }
    void add(const std::vector<float>& row) { add(quantize(row).values); }
    Int8Matrix matrix() const { return {values, inverse_lengths, column_count}; }
};

}  // namespace earmark
