#pragma once

#include <cstddef>

#include "apps/picture/canvas.h"
#include "earmark/matrix.h"

namespace earmark {

enum class RowOrder {
    first_on_top,     ///< tags
    first_at_bottom,  ///< mel bands: low ones at the bottom
};

/// `values` is moments x channels, each within [0, 1]: time goes from left to right and map_color() of the theme gives
/// the color. Where several moments share a column of pixels, the greatest value is shown: nothing that is short is
/// lost. REQUIRES: at least one value.
void draw_heat_map(Canvas& canvas, const Box& box, const Matrix& values, RowOrder order, const Theme& theme);

/// The colors from 0 to 1, with `first` and `last` at the ends: a legend of the width of the box.
void draw_color_scale(Canvas& canvas, const Box& box, const std::string& first, const std::string& last,
                      const Theme& theme);

}  // namespace earmark
