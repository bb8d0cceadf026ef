#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace earmark::decode {

inline constexpr std::size_t id3_header_bytes = 10;

/// The bytes of the ID3v2 tag that starts with these, with its header and footer, as FFmpeg takes it for one; 0 where
/// there is none. https://id3.org/id3v2.4.0-structure, section 3.1
std::int64_t id3_tag_bytes(std::span<const std::byte> start);

}  // namespace earmark::decode
