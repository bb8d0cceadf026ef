#include "apps/picture/png.h"

#include <png.h>

#include <cassert>
#include <stdexcept>

namespace earmark {

std::string png(std::span<const std::uint8_t> rgb, int width_px, int height_px) {
    assert(rgb.size() == static_cast<std::size_t>(width_px) * static_cast<std::size_t>(height_px) * 3);
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = static_cast<png_uint_32>(width_px);
    image.height = static_cast<png_uint_32>(height_px);
    image.format = PNG_FORMAT_RGB;
    image.flags = PNG_IMAGE_FLAG_FAST;  // no filters
    png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
    std::string bytes(size, '\0');
    if (png_image_write_to_memory(&image, bytes.data(), &size, 0, rgb.data(), 0, nullptr) == 0)
        throw std::runtime_error(std::string("writing a PNG: ") + image.message);
    bytes.resize(size);
    return bytes;
}

}  // namespace earmark
