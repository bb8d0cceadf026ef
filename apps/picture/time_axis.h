#pragma once

#include <string>
#include <vector>

#include "apps/picture/canvas.h"

namespace earmark {

/// Times from 0 to `duration_s` at equal distances that people count in (1, 2, 5, 10, 15, 30 of a unit), as many as
/// fit when each has `least_px` of `width_px`. REQUIRES: a duration, and widths, of more than 0.
std::vector<double> tick_times_s(double duration_s, double width_px, double least_px);

/// "1:05", from an hour on "1:02:05"; with a part of a second "0:00.5".
std::string clock_text(double time_s);

/// Under the box, whose width is the time from 0 to `duration_s`: ticks, and their times in minutes and seconds. It is
/// time_axis_height_px tall.
void draw_time_axis(Canvas& canvas, const Box& box, double duration_s, const Theme& theme);

inline constexpr double time_axis_height_px = 24.0;

}  // namespace earmark
