#include "apps/picture/canvas.h"

#include <cairo-svg.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstdint>
#include <stdexcept>
#include <vector>

#include "apps/common/visible_text.h"
#include "apps/picture/png.h"

namespace earmark {
namespace {

// A C object that a function gives back.
template <auto release>
struct Release {
    template <typename Object>
    void operator()(Object* object) const {
        release(object);
    }
};
using Surface = std::unique_ptr<cairo_surface_t, Release<cairo_surface_destroy>>;
using Context = std::unique_ptr<cairo_t, Release<cairo_destroy>>;
using Layout = std::unique_ptr<PangoLayout, Release<g_object_unref>>;
using Font = std::unique_ptr<PangoFontDescription, Release<pango_font_description_free>>;

cairo_status_t append(void* bytes, const unsigned char* data, unsigned int count) {
    try {
        static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(data), count);
        return CAIRO_STATUS_SUCCESS;
    } catch (const std::bad_alloc&) {
        return CAIRO_STATUS_NO_MEMORY;
    }
}

void check(cairo_status_t status) {
    if (status != CAIRO_STATUS_SUCCESS)
        throw std::runtime_error(std::string("drawing a picture: ") + cairo_status_to_string(status));
}

Surface make_surface(PictureFormat format, int width_px, int height_px, std::string& bytes) {
    if (format == PictureFormat::png)
        return Surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, width_px, height_px));
    Surface surface(cairo_svg_surface_create_for_stream(append, &bytes, width_px, height_px));
    cairo_svg_surface_set_document_unit(surface.get(), CAIRO_SVG_UNIT_PX);
    return surface;
}

std::uint32_t pixel(Color color) {
    return static_cast<std::uint32_t>(color.red) << 16U | static_cast<std::uint32_t>(color.green) << 8U | color.blue;
}

}  // namespace

class Canvas::Implementation {
public:
    Implementation(PictureFormat format, int width_px, int height_px)
        : format_(format),
          surface_(make_surface(format, width_px, height_px, bytes_)),
          context_(cairo_create(surface_.get())),
          layout_(pango_cairo_create_layout(context_.get())) {
        // The same letters on every screen: no hints for its pixels.
        cairo_font_options_t* options = cairo_font_options_create();
        cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
        cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
        cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
        pango_cairo_context_set_font_options(pango_layout_get_context(layout_.get()), options);
        cairo_font_options_destroy(options);
    }

    void fill(const Box& box, Color color) {
        use(color);
        cairo_rectangle(context_.get(), box.left, box.top, box.width, box.height);
        cairo_fill(context_.get());
    }

    void frame(const Box& box, Color color) {
        use(color);
        cairo_set_line_width(context_.get(), 1.0);
        cairo_rectangle(context_.get(), box.left + 0.5, box.top + 0.5, box.width - 1.0, box.height - 1.0);
        cairo_stroke(context_.get());
    }

    void line(std::span<const Point> points, Color color, double width_px) {
        use(color);
        cairo_set_line_width(context_.get(), width_px);
        cairo_set_line_join(context_.get(), CAIRO_LINE_JOIN_ROUND);
        trace(points, 0.5);
        cairo_stroke(context_.get());
    }

    void area(std::span<const Point> points, Color color) {
        use(color);
        trace(points, 0.0);
        cairo_close_path(context_.get());
        cairo_fill(context_.get());
    }

    void text(const Point& at, const std::string& text, const TextStyle& style) {
        set(text, style);
        if (style.most_width_px > 0.0) {
            pango_layout_set_width(layout_.get(), static_cast<int>(style.most_width_px * PANGO_SCALE));
            pango_layout_set_ellipsize(layout_.get(), PANGO_ELLIPSIZE_END);
        }
        int width = 0;
        int height = 0;
        pango_layout_set_alignment(layout_.get(), PANGO_ALIGN_LEFT);
        PangoRectangle logical{};
        pango_layout_get_extents(layout_.get(), nullptr, &logical);
        width = logical.width;
        height = logical.height;
        const double share = style.align == Align::left ? 0.0 : style.align == Align::center ? 0.5 : 1.0;
        use(style.color);
        // A line that is written from right to left begins at the right end of the room that it has.
        cairo_move_to(context_.get(), at.x - (share * width + logical.x) / PANGO_SCALE,
                      at.y - height / 2.0 / PANGO_SCALE);
        pango_cairo_show_layout(context_.get(), layout_.get());
    }

    double text_width_px(const std::string& text, const TextStyle& style) {
        set(text, style);
        PangoRectangle logical{};
        pango_layout_get_extents(layout_.get(), nullptr, &logical);
        return static_cast<double>(logical.width) / PANGO_SCALE;
    }

    void cells(const Box& box, std::size_t column_count, std::span<const Color> colors) {
        assert(column_count > 0 && !colors.empty() && colors.size() % column_count == 0);
        // Two pixels for each in an SVG, which is shown at other sizes too. Programs that show it would smooth a small
        // picture.
        const double scale = format_ == PictureFormat::svg ? 2.0 : 1.0;
        const auto width = static_cast<int>(std::lround(std::max(1.0, box.width * scale)));
        const auto height = static_cast<int>(std::lround(std::max(1.0, box.height * scale)));
        const Surface picture(cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height));
        check(cairo_surface_status(picture.get()));
        copy_cells(picture.get(), column_count, colors);
        cairo_save(context_.get());
        cairo_translate(context_.get(), box.left, box.top);
        cairo_scale(context_.get(), box.width / width, box.height / height);
        cairo_set_source_surface(context_.get(), picture.get(), 0.0, 0.0);
        cairo_pattern_set_filter(cairo_get_source(context_.get()), CAIRO_FILTER_NEAREST);
        cairo_paint(context_.get());
        cairo_restore(context_.get());
    }

    std::string finish() {
        check(cairo_status(context_.get()));
        if (format_ == PictureFormat::png) bytes_ = png_of(surface_.get());
        cairo_surface_finish(surface_.get());
        check(cairo_surface_status(surface_.get()));
        return std::move(bytes_);
    }

private:
    void use(Color color) {
        cairo_set_source_rgb(context_.get(), color.red / 255.0, color.green / 255.0, color.blue / 255.0);
    }

    void trace(std::span<const Point> points, double offset) {
        cairo_new_path(context_.get());
        for (const Point& point : points) cairo_line_to(context_.get(), point.x + offset, point.y + offset);
    }

    void set(const std::string& text, const TextStyle& style) {
        const Font font(pango_font_description_new());
        pango_font_description_set_family_static(font.get(), "sans-serif");
        pango_font_description_set_weight(font.get(), style.is_bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
        pango_font_description_set_absolute_size(font.get(), style.size_px * PANGO_SCALE);
        pango_layout_set_font_description(layout_.get(), font.get());
        pango_layout_set_width(layout_.get(), -1);
        pango_layout_set_single_paragraph_mode(layout_.get(), 1);
        const std::string shown = visible(text);
        pango_layout_set_text(layout_.get(), shown.data(), static_cast<int>(shown.size()));
    }

    static void copy_cells(cairo_surface_t* picture, std::size_t column_count, std::span<const Color> colors) {
        cairo_surface_flush(picture);
        const auto width = static_cast<std::size_t>(cairo_image_surface_get_width(picture));
        const auto height = static_cast<std::size_t>(cairo_image_surface_get_height(picture));
        const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(picture));
        const std::size_t row_count = colors.size() / column_count;
        unsigned char* data = cairo_image_surface_get_data(picture);
        for (std::size_t y = 0; y < height; ++y) {
            auto* row = reinterpret_cast<std::uint32_t*>(data + y * stride);
            const std::span<const Color> cells = colors.subspan(y * row_count / height * column_count, column_count);
            for (std::size_t x = 0; x < width; ++x) row[x] = pixel(cells[x * column_count / width]);
        }
        cairo_surface_mark_dirty(picture);
    }

    static std::string png_of(cairo_surface_t* picture) {
        cairo_surface_flush(picture);
        const int width = cairo_image_surface_get_width(picture);
        const int height = cairo_image_surface_get_height(picture);
        const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(picture));
        const unsigned char* data = cairo_image_surface_get_data(picture);
        std::vector<std::uint8_t> rgb;
        rgb.reserve(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3);
        for (std::size_t y = 0; y < static_cast<std::size_t>(height); ++y) {
            const auto* row = reinterpret_cast<const std::uint32_t*>(data + y * stride);
            for (std::size_t x = 0; x < static_cast<std::size_t>(width); ++x)
                for (const unsigned shift : {16U, 8U, 0U}) rgb.push_back(static_cast<std::uint8_t>(row[x] >> shift));
        }
        return png(rgb, width, height);
    }

    PictureFormat format_;
    std::string bytes_;  ///< before surface_, which writes to it
    Surface surface_;
    Context context_;
    Layout layout_;
};

Canvas::Canvas(PictureFormat format, int width_px, int height_px, Color background)
    : implementation_(std::make_unique<Implementation>(format, width_px, height_px)) {
    fill({0.0, 0.0, static_cast<double>(width_px), static_cast<double>(height_px)}, background);
}
Canvas::Canvas(Canvas&&) noexcept = default;
Canvas& Canvas::operator=(Canvas&&) noexcept = default;
Canvas::~Canvas() = default;

void Canvas::fill(const Box& box, Color color) { implementation_->fill(box, color); }
void Canvas::frame(const Box& box, Color color) { implementation_->frame(box, color); }
void Canvas::line(std::span<const Point> points, Color color, double width_px) {
    implementation_->line(points, color, width_px);
}
void Canvas::area(std::span<const Point> points, Color color) { implementation_->area(points, color); }
void Canvas::text(const Point& at, const std::string& text, const TextStyle& style) {
    implementation_->text(at, text, style);
}
double Canvas::text_width_px(const std::string& text, const TextStyle& style) {
    return implementation_->text_width_px(text, style);
}
void Canvas::cells(const Box& box, std::size_t column_count, std::span<const Color> colors) {
    implementation_->cells(box, column_count, colors);
}
std::string Canvas::finish() { return implementation_->finish(); }

}  // namespace earmark
