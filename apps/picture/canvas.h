#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>

#include "apps/picture/theme.h"

namespace earmark {

enum class PictureFormat { png, svg };

/// In pixels, from the left and top edge of the picture.
struct Point {
    double x = 0.0;
    double y = 0.0;
};

struct Box {
    double left = 0.0;
    double top = 0.0;
    double width = 0.0;
    double height = 0.0;

    double right() const noexcept { return left + width; }
    double bottom() const noexcept { return top + height; }
};

enum class Align { left, center, right };

struct TextStyle {
    Color color;
    double size_px = 14.0;
    bool is_bold = false;
    Align align = Align::left;
    double most_width_px = 0.0;  ///< longer text loses its end to "…"; 0: any width
};

/// A picture that is being drawn: the only place that knows Cairo and Pango. Belongs to one thread at a time.
class Canvas {
public:
    /// Filled with the background. REQUIRES: a size within [1, 32767].
    Canvas(PictureFormat format, int width_px, int height_px, Color background);
    Canvas(Canvas&&) noexcept;
    Canvas& operator=(Canvas&&) noexcept;
    ~Canvas();

    void fill(const Box& box, Color color);

    /// A frame of 1 px just within the box.
    void frame(const Box& box, Color color);

    /// A line of 1 px through these points. Vertical and horizontal ones are sharp on whole pixels.
    void line(std::span<const Point> points, Color color, double width_px = 1.0);

    /// Filled, closed between the last point and the first.
    void area(std::span<const Point> points, Color color);

    /// One line of text in any script, sans serif. `at` is its left end, center or right end, in the middle of its
    /// height. Bytes that are not UTF-8 and control characters are shown as visible() (common/visible_text.h) does.
    void text(const Point& at, const std::string& text, const TextStyle& style);

    /// How wide it would be, without regard to most_width_px.
    double text_width_px(const std::string& text, const TextStyle& style);

    /// A grid of cells with sharp edges that fills the box: `colors` is rows x columns, the topmost row first. Where
    /// there are more cells than pixels, some are not seen. REQUIRES: at least one cell.
    void cells(const Box& box, std::size_t column_count, std::span<const Color> colors);

    /// The file. Nothing can be drawn afterwards. Throws std::runtime_error when memory is short.
    std::string finish();

private:
    class Implementation;
    std::unique_ptr<Implementation> implementation_;
};

}  // namespace earmark
