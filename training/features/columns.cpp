#include "training/features/columns.h"

#include <algorithm>
#include <span>

namespace earmark {

Matrix side_by_side(const std::vector<const Matrix*>& matrices) {
    std::size_t column_count = 0;
    for (const Matrix* matrix : matrices) column_count += matrix->column_count();
    Matrix joined(matrices.front()->row_count(), column_count);
    for (std::size_t row = 0; row < joined.row_count(); ++row) {
        auto target = joined.row(row).begin();
        for (const Matrix* matrix : matrices) {
            const std::span<const float> values = matrix->row(row);
            target = std::copy(values.begin(), values.end(), target);
        }
    }
    return joined;
}

Matrix above(const Matrix& upper, const Matrix& lower) {
    std::vector<float> values(upper.values().begin(), upper.values().end());
    values.insert(values.end(), lower.values().begin(), lower.values().end());
    const std::size_t column_count = upper.row_count() > 0 ? upper.column_count() : lower.column_count();
    return {upper.row_count() + lower.row_count(), column_count, std::move(values)};
}

Matrix columns(const Matrix& matrix, std::size_t first, std::size_t count) {
    Matrix part(matrix.row_count(), count);
    for (std::size_t row = 0; row < part.row_count(); ++row) {
        const std::span<const float> values = matrix.row(row).subspan(first, count);
        std::copy(values.begin(), values.end(), part.row(row).begin());
    }
    return part;
}

}  // namespace earmark
