#include "apps/picture/theme.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace earmark {
namespace {

// Every 17th of the 256 colors of matplotlib's viridis; straight lines between them are within 7 of 255.
constexpr std::array<Color, 16> viridis{{
    {68, 1, 84},
    {72, 26, 108},
    {71, 47, 125},
    {65, 68, 135},
    {57, 86, 140},
    {49, 104, 142},
    {42, 120, 142},
    {35, 136, 142},
    {31, 152, 139},
    {34, 168, 132},
    {53, 183, 121},
    {84, 197, 104},
    {122, 209, 81},
    {165, 219, 54},
    {210, 226, 27},
    {253, 231, 37},
}};

Color mixed(Color first, Color second, double share_of_second) {
    const auto mix = [share_of_second](std::uint8_t a, std::uint8_t b) {
        return static_cast<std::uint8_t>(std::lround(a + (b - a) * share_of_second));
    };
    return {mix(first.red, second.red), mix(first.green, second.green), mix(first.blue, second.blue)};
}

Color viridis_at(double value) {
    const double position = value * (viridis.size() - 1);
    const auto first = std::min(static_cast<std::size_t>(position), viridis.size() - 2);
    return mixed(viridis[first], viridis[first + 1], position - static_cast<double>(first));
}

constexpr Theme light{false,           {255, 255, 255}, {31, 35, 40},  {87, 96, 106}, {216, 222, 228},
                      {168, 177, 186}, {110, 119, 129}, {0, 114, 178}, {213, 94, 0}};
constexpr Theme dark{true,          {22, 24, 29},    {230, 230, 230}, {154, 164, 174}, {52, 57, 64},
                     {84, 92, 101}, {139, 148, 158}, {86, 180, 233},  {230, 159, 0}};

}  // namespace

const Theme& light_theme() noexcept { return light; }

const Theme& dark_theme() noexcept { return dark; }

Color map_color(const Theme& theme, double value) noexcept {
    if (!(value > 0.0)) return theme.background;
    // Viridis begins dark at one end, and at the other with a yellow that is loud on white.
    const double faded_below = theme.is_dark ? 0.15 : 0.3;
    const double within = std::min(value, 1.0);
    const Color color = viridis_at(theme.is_dark ? within : 1.0 - within);
    return within >= faded_below ? color : mixed(theme.background, color, within / faded_below);
}

}  // namespace earmark
