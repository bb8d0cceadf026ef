#pragma once

#include <cairo.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "apps/picture/theme.h"

namespace earmark {

/// A PNG file, read by Cairo's reader (libpng).
struct Pixels {
    std::size_t width = 0;
    std::size_t height = 0;
    std::vector<Color> colors;  ///< row after row

    Color at(std::size_t x, std::size_t y) const { return colors.at(y * width + x); }
};

inline Pixels read_png(std::string bytes) {
    const auto read = [](void* from, unsigned char* data, unsigned int count) {
        auto& left = *static_cast<std::string*>(from);
        if (left.size() < count) return CAIRO_STATUS_READ_ERROR;
        std::memcpy(data, left.data(), count);
        left.erase(0, count);
        return CAIRO_STATUS_SUCCESS;
    };
    cairo_surface_t* surface = cairo_image_surface_create_from_png_stream(read, &bytes);
    Pixels pixels;
    if (cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS) return pixels;
    pixels.width = static_cast<std::size_t>(cairo_image_surface_get_width(surface));
    pixels.height = static_cast<std::size_t>(cairo_image_surface_get_height(surface));
    const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(surface));
    const unsigned char* data = cairo_image_surface_get_data(surface);
    for (std::size_t y = 0; y < pixels.height; ++y) {
        for (std::size_t x = 0; x < pixels.width; ++x) {
            std::uint32_t pixel = 0;
            std::memcpy(&pixel, data + y * stride + x * 4, sizeof pixel);
            pixels.colors.push_back({static_cast<std::uint8_t>(pixel >> 16U), static_cast<std::uint8_t>(pixel >> 8U),
                                     static_cast<std::uint8_t>(pixel)});
        }
    }
    cairo_surface_destroy(surface);
    return pixels;
}

}  // namespace earmark
