#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace earmark {

/// The bytes of a PNG of 8 bits a channel. `rgb` has width_px x height_px x 3 values, rows from top to bottom. Colors
/// that are the same over whole areas need no filters: without them, a picture takes a fifth of the time and less
/// space.
std::string png(std::span<const std::uint8_t> rgb, int width_px, int height_px);

}  // namespace earmark
