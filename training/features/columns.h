#pragma once

#include <cstddef>
#include <vector>

#include "earmark/matrix.h"

namespace earmark {

/// Columns of several matrices side by side. REQUIRES: equal row counts, at least one matrix.
Matrix side_by_side(const std::vector<const Matrix*>& matrices);

/// The rows of one matrix, then those of the other. REQUIRES: equal column counts, or a matrix without rows.
Matrix above(const Matrix& upper, const Matrix& lower);

/// `count` columns from `first` on.
Matrix columns(const Matrix& matrix, std::size_t first, std::size_t count);

}  // namespace earmark
