#include "search/int8_matrix.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/vector_clones.h"

namespace earmark {
namespace {

constexpr std::size_t rows_at_once = 4;
using Sums = std::int32_t[rows_at_once];

// Four rows at once, so that the processor waits for memory of several places at a time. Products of 16 bits in sums of
// 32: one instruction does so for pairs of columns (vpmaddwd).
EARMARK_VECTOR_CLONES
void multiply_four(const std::int8_t* rows, std::size_t column_count, const std::int16_t* query, Sums& sums) {
    const std::int8_t* second = rows + column_count;
    const std::int8_t* third = second + column_count;
    const std::int8_t* fourth = third + column_count;
    std::int32_t sum_1 = 0;
    std::int32_t sum_2 = 0;
    std::int32_t sum_3 = 0;
    std::int32_t sum_4 = 0;
    for (std::size_t i = 0; i < column_count; ++i) {
        const std::int32_t factor = query[i];
        sum_1 += static_cast<std::int16_t>(rows[i]) * factor;
        sum_2 += static_cast<std::int16_t>(second[i]) * factor;
        sum_3 += static_cast<std::int16_t>(third[i]) * factor;
        sum_4 += static_cast<std::int16_t>(fourth[i]) * factor;
    }
    sums[0] = sum_1;
    sums[1] = sum_2;
    sums[2] = sum_3;
    sums[3] = sum_4;
}

EARMARK_VECTOR_CLONES
std::int32_t multiply_one(const std::int8_t* row, std::size_t column_count, const std::int16_t* query) {
    std::int32_t sum = 0;
    for (std::size_t i = 0; i < column_count; ++i) sum += static_cast<std::int16_t>(row[i]) * std::int32_t{query[i]};
    return sum;
}

EARMARK_VECTOR_CLONES
std::int64_t multiply_rows(const std::int8_t* first, const std::int8_t* second, std::size_t column_count) {
    std::int64_t total = 0;
    constexpr std::size_t block = 4096;  // whose sum fits in 32 bits
    for (std::size_t start = 0; start < column_count; start += block) {
        std::int32_t sum = 0;
        for (std::size_t i = start; i < std::min(column_count, start + block); ++i)
            sum += static_cast<std::int16_t>(first[i]) * std::int32_t{second[i]};
        total += sum;
    }
    return total;
}

struct WholeQuery {
    std::vector<std::int16_t> values;
    double inverse_length = 0.0;
};

// The query in whole numbers, as great as the sums allow.
WholeQuery whole_numbers(std::span<const float> query) {
    constexpr double greatest_sum = std::numeric_limits<std::int32_t>::max();
    const double limit = std::min(32767.0, std::floor(greatest_sum / (127.0 * static_cast<double>(query.size()))));
    float greatest = 0.0F;
    for (const float value : query) greatest = std::max(greatest, std::abs(value));
    WholeQuery whole{std::vector<std::int16_t>(query.size()), 0.0};
    if (!(greatest > 0.0F)) return whole;
    double square = 0.0;
    for (std::size_t i = 0; i < query.size(); ++i) {
        whole.values[i] = static_cast<std::int16_t>(std::lround(query[i] / greatest * limit));
        square += static_cast<double>(whole.values[i]) * whole.values[i];
    }
    whole.inverse_length = square > 0.0 ? 1.0 / std::sqrt(square) : 0.0;
    return whole;
}

}  // namespace

float inverse_length(std::span<const std::int8_t> row) {
    const std::int64_t square = multiply_rows(row.data(), row.data(), row.size());
    return square > 0 ? static_cast<float>(1.0 / std::sqrt(static_cast<double>(square))) : 0.0F;
}

std::vector<float> cosines(const Int8Matrix& matrix, std::span<const float> query) {
    assert(query.size() == matrix.column_count());
    const WholeQuery whole = whole_numbers(query);
    const std::size_t column_count = matrix.column_count();
    std::vector<float> found(matrix.row_count());
    const auto put = [&](std::size_t row, std::int32_t sum) {
        const double cosine = sum * whole.inverse_length * matrix.inverse_length(row);
        found[row] = static_cast<float>(std::clamp(cosine, -1.0, 1.0));
    };
    std::size_t row = 0;
    for (; row + rows_at_once <= matrix.row_count(); row += rows_at_once) {
        Sums sums;
        multiply_four(matrix.row(row).data(), column_count, whole.values.data(), sums);
        for (std::size_t i = 0; i < rows_at_once; ++i) put(row + i, sums[i]);
    }
    for (; row < matrix.row_count(); ++row)
        put(row, multiply_one(matrix.row(row).data(), column_count, whole.values.data()));
    return found;
}

float cosine_of_rows(const Int8Matrix& matrix, std::size_t first, std::size_t second) {
    const std::int64_t sum = multiply_rows(matrix.row(first).data(), matrix.row(second).data(), matrix.column_count());
    const double cosine = static_cast<double>(sum) * matrix.inverse_length(first) * matrix.inverse_length(second);
    return static_cast<float>(std::clamp(cosine, -1.0, 1.0));
}

std::vector<std::size_t> indices_of_greatest(std::span<const float> values, std::size_t count) {
    std::vector<std::size_t> indices(values.size());
    std::iota(indices.begin(), indices.end(), std::size_t{0});
    const auto is_before = [&](std::size_t first, std::size_t second) {
        return values[first] != values[second] ? values[first] > values[second] : first < second;
    };
    const auto end = indices.begin() + static_cast<std::ptrdiff_t>(std::min(count, indices.size()));
    std::partial_sort(indices.begin(), end, indices.end(), is_before);
    indices.erase(end, indices.end());
    return indices;
}

}  // namespace earmark
