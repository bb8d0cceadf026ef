#include "apps/picture/time_axis.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace earmark {
namespace {

constexpr std::array steps_s{0.1,   0.2,   0.5,   1.0,    2.0,    5.0,    10.0,    15.0,    30.0,    60.0,   120.0,
                             300.0, 600.0, 900.0, 1800.0, 3600.0, 7200.0, 14400.0, 21600.0, 43200.0, 86400.0};

}  // namespace

std::vector<double> tick_times_s(double duration_s, double width_px, double least_px) {
    const double least_step_s = duration_s * least_px / width_px;
    const auto* const found = std::ranges::lower_bound(steps_s, least_step_s);
    const double step_s = found == steps_s.end() ? std::ceil(least_step_s / steps_s.back()) * steps_s.back() : *found;
    std::vector<double> times_s;
    const auto count = static_cast<std::size_t>(duration_s / step_s * (1.0 + 1e-9)) + 1;
    for (std::size_t i = 0; i < count; ++i) times_s.push_back(static_cast<double>(i) * step_s);
    return times_s;
}

std::string clock_text(double time_s) {
    const auto tenths = static_cast<long long>(std::llround(time_s * 10.0));
    const long long seconds = tenths / 10;
    char text[48];
    if (seconds >= 3600)
        std::snprintf(text, sizeof text, "%lld:%02lld:%02lld", seconds / 3600, seconds / 60 % 60, seconds % 60);
    else
        std::snprintf(text, sizeof text, "%lld:%02lld", seconds / 60, seconds % 60);
    return tenths % 10 == 0 ? text : text + ("." + std::to_string(tenths % 10));
}

void draw_time_axis(Canvas& canvas, const Box& box, double duration_s, const Theme& theme) {
    constexpr double least_px = 80.0;
    constexpr double tick_px = 5.0;
    constexpr double margin_px = 16.0;
    TextStyle style;
    style.color = theme.faint_text;
    style.size_px = 13.0;
    for (const double time_s : tick_times_s(duration_s, box.width, least_px)) {
        const double x = std::round(box.left + time_s / duration_s * (box.width - 1.0));
        const std::array<Point, 2> tick{{{x, box.bottom()}, {x, box.bottom() + tick_px}}};
        canvas.line(tick, theme.faint_text);
        const std::string text = clock_text(time_s);
        // Below its tick, but for a long one at the end, behind which there is only the margin of the picture.
        const double width = canvas.text_width_px(text, style);
        const double left = std::min(x - width / 2.0, box.right() + margin_px - width);
        canvas.text({left, box.bottom() + tick_px + 9.0}, text, style);
    }
}

}  // namespace earmark
