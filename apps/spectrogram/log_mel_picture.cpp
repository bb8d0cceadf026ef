#include "apps/spectrogram/log_mel_picture.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "apps/common/numbers.h"
#include "apps/picture/heading.h"
#include "apps/picture/heat_map.h"
#include "apps/picture/minus_sign.h"
#include "apps/picture/time_axis.h"

namespace earmark {
namespace {

constexpr double margin_px = 20.0;
constexpr double head_px = 66.0;
constexpr double hz_axis_px = 54.0;
constexpr double legend_px = 44.0;
constexpr double least_height_px = 380.0;

// A whole number of pixels for each band, so that all look the same.
double band_px(std::size_t band_count) {
    return std::max(1.0, std::ceil(least_height_px / static_cast<double>(band_count)));
}

// In bands from the lowest center, between whose neighbors it is.
double position_of(double hz, const std::vector<double>& centers_hz) {
    const auto next = std::ranges::upper_bound(centers_hz, hz) - centers_hz.begin();
    if (next == 0 || next == std::ssize(centers_hz)) return -1.0;
    const auto above = static_cast<std::size_t>(next);
    const double low = centers_hz[above - 1];
    return static_cast<double>(above - 1) + (hz - low) / (centers_hz[above] - low);
}

std::string hz_label(double hz) {
    return hz < 1000.0 ? fixed_number(hz, 0) + " Hz" : fixed_number(hz / 1000.0, 0) + " kHz";
}

void draw_hz_axis(Canvas& canvas, const Box& box, const std::vector<double>& centers_hz, const Theme& theme) {
    TextStyle label;
    label.color = theme.faint_text;
    label.size_px = 13.0;
    label.align = Align::right;
    constexpr double least_distance_px = 16.0;
    double last_y = box.bottom() + least_distance_px;
    for (const double hz : {100.0, 200.0, 500.0, 1'000.0, 2'000.0, 5'000.0, 10'000.0, 20'000.0}) {
        const double position = position_of(hz, centers_hz);
        if (position < 0.0) continue;
        const double share = (position + 0.5) / static_cast<double>(centers_hz.size());
        const double y = std::round(box.bottom() - share * box.height);
        if (last_y - y < least_distance_px) continue;
        last_y = y;
        canvas.line(std::array<Point, 2>{{{box.left - 5.0, y}, {box.left, y}}}, theme.faint_text);
        canvas.text({box.left - 8.0, y}, hz_label(hz), label);
    }
}

// What is shown as 0 and as 1.
struct Range {
    float silence = 0.0F;
    float strong = 1.0F;  ///< what one value in 200 reaches: the very loudest would leave all others pale
};

Range bring_to_0_to_1(Matrix& log_mel, const Normalization& normalization) {
    std::vector<float> sorted(log_mel.values().begin(), log_mel.values().end());
    const auto strong = sorted.end() - 1 - static_cast<std::ptrdiff_t>(sorted.size() / 200);
    std::ranges::nth_element(sorted, strong);
    Range range{-normalization.mean / normalization.deviation, *strong};
    range.strong = std::max(range.strong, range.silence + 1e-3F);
    for (float& value : log_mel.values()) value = (value - range.silence) / (range.strong - range.silence);
    return range;
}

}  // namespace

std::string log_mel_picture(LogMelFile file, const PictureOptions& options) {
    const Theme& theme = options.theme();
    const std::vector<double> centers_hz = mel_band_centers_hz(file.model->spectrogram);
    const double height = band_px(centers_hz.size()) * static_cast<double>(centers_hz.size());
    const Box box{margin_px + hz_axis_px, head_px, options.width_px - 2.0 * margin_px - hz_axis_px, height};
    const auto height_px = static_cast<int>(head_px + height + time_axis_height_px + legend_px);
    Canvas canvas(PictureFormat::png, options.width_px, height_px, theme.background);

    draw_picture_heading(canvas, options, file.path,
                         "log-mel spectrogram, " + std::to_string(centers_hz.size()) +
                             " mel bands, as the networks of the model " + file.model->name + " get it");

    const Range range = bring_to_0_to_1(file.log_mel, file.model->normalization);
    draw_heat_map(canvas, box, file.log_mel, RowOrder::first_at_bottom, theme);
    canvas.frame(box, theme.grid);
    draw_hz_axis(canvas, box, centers_hz, theme);
    draw_time_axis(canvas, box, file.clip.duration_s, theme);
    TextStyle note;
    note.color = theme.faint_text;
    note.size_px = 13.0;
    const double middle = box.bottom() + time_axis_height_px + legend_px / 2.0 + 2.0;
    const Box scale{box.left + 40.0, middle - 6.0, 160.0, 12.0};
    draw_color_scale(canvas, scale, with_minus_sign(fixed_number(static_cast<double>(range.silence), 1)),
                     "\xE2\x89\xA5 " + with_minus_sign(fixed_number(static_cast<double>(range.strong), 1)), theme);
    canvas.text({scale.right() + 64.0, middle},
                "deviations from the mean of the training clips; the lowest value is silence", note);
    return canvas.finish();
}

}  // namespace earmark
