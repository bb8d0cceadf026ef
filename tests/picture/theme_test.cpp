#include "apps/picture/theme.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <vector>

namespace earmark {
namespace {

// WCAG 2.1, "relative luminance" and "contrast ratio".
double luminance(Color color) {
    const auto linear = [](std::uint8_t byte) {
        const double value = byte / 255.0;
        return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.red) + 0.7152 * linear(color.green) + 0.0722 * linear(color.blue);
}

double contrast(Color first, Color second) {
    const double a = luminance(first) + 0.05;
    const double b = luminance(second) + 0.05;
    return std::max(a, b) / std::min(a, b);
}

// Written by tests/golden/picture/generate.py.
std::vector<Color> matplotlib_viridis() {
    std::ifstream file(EARMARK_GOLDEN_DIR "/picture/viridis.csv");
    std::string line;
    std::getline(file, line);
    std::vector<Color> colors;
    while (std::getline(file, line)) {
        std::istringstream fields(line);
        int red = 0, green = 0, blue = 0;
        char comma = 0;
        fields >> red >> comma >> green >> comma >> blue;
        colors.push_back(
            {static_cast<std::uint8_t>(red), static_cast<std::uint8_t>(green), static_cast<std::uint8_t>(blue)});
    }
    return colors;
}

TEST(MapColor, is_matplotlibs_viridis_where_it_is_not_faded) {
    const std::vector<Color> reference = matplotlib_viridis();
    ASSERT_EQ(reference.size(), 256U);
    for (std::size_t i = 39; i < 256; ++i) {
        const Color color = map_color(dark_theme(), static_cast<double>(i) / 255.0);
        EXPECT_LE(std::abs(color.red - reference[i].red), 7) << i;
        EXPECT_LE(std::abs(color.green - reference[i].green), 7) << i;
        EXPECT_LE(std::abs(color.blue - reference[i].blue), 7) << i;
        EXPECT_EQ(map_color(light_theme(), 1.0), matplotlib_viridis()[0]);
    }
}

TEST(MapColor, goes_by_lightness_from_the_background_on) {
    for (const Theme& theme : {light_theme(), dark_theme()}) {
        EXPECT_EQ(map_color(theme, 0.0), theme.background);
        EXPECT_EQ(map_color(theme, -1.0), theme.background);
        EXPECT_EQ(map_color(theme, std::nan("")), theme.background);
        EXPECT_EQ(map_color(theme, 2.0), map_color(theme, 1.0));
        double last = luminance(theme.background);
        for (int i = 1; i <= 100; ++i) {
            const double now = luminance(map_color(theme, i / 100.0));
            // In the dark, viridis begins about as dark as the background.
            if (theme.is_dark)
                EXPECT_GE(now, last - 0.004) << i;
            else
                EXPECT_LE(now, last + 0.004) << i;
            last = now;
        }
    }
}

TEST(Theme, has_text_that_can_be_read) {
    for (const Theme& theme : {light_theme(), dark_theme()}) {
        EXPECT_GE(contrast(theme.text, theme.background), 7.0);
        EXPECT_GE(contrast(theme.faint_text, theme.background), 4.5);
        EXPECT_GE(contrast(theme.waveform_core, theme.background), 3.0);
        EXPECT_GE(contrast(theme.speaks_for, theme.background), 3.0);
        EXPECT_GE(contrast(theme.speaks_against, theme.background), 3.0);
    }
}

}  // namespace
}  // namespace earmark
