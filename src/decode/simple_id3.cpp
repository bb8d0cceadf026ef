#include "decode/simple_id3.h"

#include "decode/id3.h"

namespace earmark::decode {

// https://id3.org/id3v2.4.0-structure and id3v2.3.0, section 3.3: the flag of a compressed frame is in another place.
bool is_simple_id3(HeaderBytes& bytes, std::int64_t at) {
    constexpr int most_frames = 1000;
    constexpr std::int64_t frame_header_bytes = 10;
    const std::uint8_t version = bytes.byte(at + 3);
    if (!bytes.has(at, "ID3") || version < 3) return true;
    std::int64_t size_bytes = 0;
    for (int digit = 6; digit < 10; ++digit) size_bytes = (size_bytes << 7) + bytes.byte(at + digit);
    const std::int64_t end = at + size_bytes;
    at += id3_header_bytes;
    for (int i = 0; at < end && bytes.byte(at) != 0; ++i) {
        const bool is_compressed = (bytes.byte(at + 9) & (version == 3 ? 0x80U : 0x08U)) != 0;
        if (is_compressed || i >= most_frames) return false;
        std::int64_t frame_bytes = 0;
        for (int digit = 4; digit < 8; ++digit)
            frame_bytes = (frame_bytes << (version == 3 ? 8 : 7)) + bytes.byte(at + digit);
        at += frame_header_bytes + frame_bytes;
    }
    return true;
}

}  // namespace earmark::decode
