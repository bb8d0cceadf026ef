#include "apps/picture/heading.h"

namespace earmark {

void draw_picture_heading(Canvas& canvas, const PictureOptions& options, const std::filesystem::path& file,
                          const std::string& note) {
    constexpr double margin_px = 20.0;
    TextStyle style;
    style.color = options.theme().text;
    style.size_px = 20.0;
    style.is_bold = true;
    style.most_width_px = options.width_px - 2.0 * margin_px;
    canvas.text({margin_px, 25.0}, options.title.empty() ? file.filename().string() : options.title, style);
    style.color = options.theme().faint_text;
    style.size_px = 13.0;
    style.is_bold = false;
    canvas.text({margin_px, 48.0}, note, style);
}

}  // namespace earmark
