#pragma once

#include <cstdint>
#include <string>

namespace earmark {

struct Color {
    std::uint8_t red = 0;
    std::uint8_t green = 0;
    std::uint8_t blue = 0;

    bool operator==(const Color&) const = default;
};

/// The colors of a picture. Every text color has a contrast of at least 4.5 to the background (WCAG 2.1, level AA).
struct Theme {
    bool is_dark = false;
    Color background;
    Color text;
    Color faint_text;
    Color grid;  ///< lines that should not be noticed
    Color waveform;
    Color waveform_core;  ///< its RMS, within the peaks
    Color speaks_for;     ///< blue and orange that look different to color-blind people (Okabe & Ito 2008)
    Color speaks_against;
};

const Theme& light_theme() noexcept;
const Theme& dark_theme() noexcept;

/// `value` within [0, 1] as a color, by lightness from the background (0) to the other end (1). It is viridis (van der
/// Walt and Smith 2015; matplotlib, CC0), which people with any kind of color blindness see as a sequence, read from
/// its dark end in the dark theme and from its light end in the light one; below 0.15 (0.3 in the light one) it fades
/// to the background. Values outside are taken for 0 or 1, and so is NaN for 0.
Color map_color(const Theme& theme, double value) noexcept;

}  // namespace earmark
