#include "apps/picture/heat_map.h"

#include <algorithm>
#include <cassert>
#include <string>
#include <vector>

namespace earmark {

void draw_heat_map(Canvas& canvas, const Box& box, const Matrix& values, RowOrder order, const Theme& theme) {
    assert(!values.empty());
    const std::size_t moment_count = values.row_count();
    const std::size_t channel_count = values.column_count();
    const std::size_t column_count = std::min(moment_count, static_cast<std::size_t>(std::max(1.0, box.width)));
    std::vector<Color> colors(column_count * channel_count);
    for (std::size_t column = 0; column < column_count; ++column) {
        const std::size_t first = column * moment_count / column_count;
        const std::size_t end = (column + 1) * moment_count / column_count;
        for (std::size_t channel = 0; channel < channel_count; ++channel) {
            float greatest = values(first, channel);
            for (std::size_t moment = first + 1; moment < end; ++moment)
                greatest = std::max(greatest, values(moment, channel));
            const std::size_t row = order == RowOrder::first_on_top ? channel : channel_count - 1 - channel;
            colors[row * column_count + column] = map_color(theme, static_cast<double>(greatest));
        }
    }
    canvas.cells(box, column_count, colors);
}

void draw_color_scale(Canvas& canvas, const Box& box, const std::string& first, const std::string& last,
                      const Theme& theme) {
    const auto count = static_cast<std::size_t>(std::max(2.0, box.width));
    std::vector<Color> colors(count);
    for (std::size_t i = 0; i < count; ++i)
        colors[i] = map_color(theme, static_cast<double>(i) / static_cast<double>(count - 1));
    canvas.cells(box, count, colors);
    canvas.frame(box, theme.grid);
    constexpr double gap_px = 6.0;
    TextStyle style;
    style.color = theme.faint_text;
    style.size_px = 13.0;
    style.align = Align::right;
    canvas.text({box.left - gap_px, box.top + box.height / 2.0}, first, style);
    style.align = Align::left;
    canvas.text({box.right() + gap_px, box.top + box.height / 2.0}, last, style);
}

}  // namespace earmark
