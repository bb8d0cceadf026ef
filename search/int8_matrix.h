#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace earmark {

/// Quantized vectors, one a row, row after row. The numbers are somebody else's, for example of a mapped file; a row's
/// scale does not matter for angles, and so it is not here. A view; const access is thread-safe.
class Int8Matrix {
public:
    Int8Matrix() = default;

    /// `inverse_lengths` has for each row 1 / its Euclidean length, 0 for a row of zeros (inverse_length). REQUIRES:
    /// as many values as rows x columns.
    Int8Matrix(std::span<const std::int8_t> values, std::span<const float> inverse_lengths, std::size_t column_count)
        : values_(values), inverse_lengths_(inverse_lengths), column_count_(column_count) {
        assert(values.size() == inverse_lengths.size() * column_count);
    }

    std::size_t row_count() const noexcept { return inverse_lengths_.size(); }
    std::size_t column_count() const noexcept { return column_count_; }
    float inverse_length(std::size_t index) const noexcept { return inverse_lengths_[index]; }

    /// REQUIRES: a row that there is.
    std::span<const std::int8_t> row(std::size_t index) const noexcept {
        return values_.subspan(index * column_count_, column_count_);
    }
    std::span<const std::int8_t> values() const noexcept { return values_; }

private:
    std::span<const std::int8_t> values_;
    std::span<const float> inverse_lengths_;
    std::size_t column_count_ = 0;
};

/// 1 / the Euclidean length of a row; 0 for zeros. Thread-safe.
float inverse_length(std::span<const std::int8_t> row);

/// The cosine of the angle between `query` and each row, within [-1, 1]; 0 where one of them has no length. All rows
/// are looked at: the search is exact for what the matrix holds. Of the query, about the first 11 bits of each number
/// count (of 4,608 columns: 12 bits of up to 4,000), so that the sums fit in 32 bits. One thread, at the speed of the
/// memory. REQUIRES: as many numbers as columns, at most 16 million of them. Thread-safe.
std::vector<float> cosines(const Int8Matrix& matrix, std::span<const float> query);

/// The cosine of the angle between two rows. REQUIRES: rows that there are. Thread-safe.
float cosine_of_rows(const Int8Matrix& matrix, std::size_t first, std::size_t second);

/// The indices of the `count` greatest values (of all, if there are fewer), greatest first, equals in their order.
/// Thread-safe.
std::vector<std::size_t> indices_of_greatest(std::span<const float> values, std::size_t count);

}  // namespace earmark
