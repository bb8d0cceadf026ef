#include "decode/id3.h"

#include "decode/read_bytes.h"

namespace earmark::decode {

std::int64_t id3_tag_bytes(std::span<const std::byte> start) {
    constexpr std::byte no_version{0xff};
    if (start.size() < id3_header_bytes || !has_text(start, 0, "ID3")) return 0;
    if (start[3] == no_version || start[4] == no_version) return 0;
    std::int64_t size_bytes = 0;
    for (const std::byte digit : start.subspan(6, 4)) {
        if (digit >= std::byte{0x80}) return 0;
        size_bytes = size_bytes << 7 | std::to_integer<std::int64_t>(digit);
    }
    constexpr std::byte footer{0x10};
    constexpr auto header_bytes = static_cast<std::int64_t>(id3_header_bytes);
    return size_bytes + ((start[5] & footer) == footer ? 2 * header_bytes : header_bytes);
}

}  // namespace earmark::decode
