#pragma once

#include <cassert>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "earmark/export.h"

namespace earmark {

/// A dense matrix of floats, stored row after row. Row = moment in time, column = channel (a mel band, a filter, a
/// tag). Shapes are written 'rows x columns', for example 'frames x mel_bands'. A value type; const access is
/// thread-safe.
class EARMARK_EXPORT Matrix {
public:
    Matrix() = default;
    Matrix(std::size_t row_count, std::size_t column_count)
        : column_count_(column_count), row_count_(row_count), values_(row_count * column_count) {}

    /// REQUIRES: values.size() == row_count * column_count.
    Matrix(std::size_t row_count, std::size_t column_count, std::vector<float> values)
        : column_count_(column_count), row_count_(row_count), values_(std::move(values)) {
        assert(values_.size() == row_count * column_count);
    }

    std::size_t row_count() const noexcept { return row_count_; }
    std::size_t column_count() const noexcept { return column_count_; }
    bool empty() const noexcept { return values_.empty(); }

    std::span<float> values() noexcept { return values_; }
    std::span<const float> values() const noexcept { return values_; }

    /// REQUIRES of row, rows and operator(): rows and columns that the matrix has (asserted). Spans are valid until the
    /// matrix is assigned to, moved from or destroyed.
    std::span<float> row(std::size_t index) noexcept { return rows(index, 1); }
    std::span<const float> row(std::size_t index) const noexcept { return rows(index, 1); }

    /// The values of `count` rows from `first` on, one row after the other.
    std::span<float> rows(std::size_t first, std::size_t count) noexcept {
        assert(first + count <= row_count_);
        return std::span(values_).subspan(first * column_count_, count * column_count_);
    }
    std::span<const float> rows(std::size_t first, std::size_t count) const noexcept {
        assert(first + count <= row_count_);
        return std::span(values_).subspan(first * column_count_, count * column_count_);
    }

    float& operator()(std::size_t row_index, std::size_t column) noexcept {
        assert(row_index < row_count_ && column < column_count_);
        return values_[row_index * column_count_ + column];
    }
    float operator()(std::size_t row_index, std::size_t column) const noexcept {
        assert(row_index < row_count_ && column < column_count_);
        return values_[row_index * column_count_ + column];
    }

private:
    std::size_t column_count_ = 0;
    std::size_t row_count_ = 0;
    std::vector<float> values_;
};

}  // namespace earmark
