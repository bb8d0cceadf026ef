#include "decode/header_bytes.h"

#include <algorithm>
#include <span>

namespace earmark::decode {

void HeaderBytes::load(std::int64_t offset) {
    buffer_offset_ = offset;
    buffer_count_ = source_.seek(offset) ? source_.read(buffer_) : -1;
    if (buffer_count_ >= 0) return;
    buffer_count_ = 0;
    size_bytes_ = 0;  // so that whoever walks through the file comes to an end
}

std::uint8_t HeaderBytes::byte(std::int64_t offset) {
    if (offset < 0 || offset >= size_bytes_) return 0;
    if (offset < buffer_offset_ || offset >= buffer_offset_ + buffer_count_) load(offset);
    if (buffer_count_ == 0) return 0;
    return std::to_integer<std::uint8_t>(buffer_[static_cast<std::size_t>(offset - buffer_offset_)]);
}

std::uint64_t HeaderBytes::big_endian(std::int64_t offset, int count) {
    std::uint64_t number = 0;
    for (int i = 0; i < count; ++i) number = number << 8 | byte(offset + i);
    return number;
}

std::uint64_t HeaderBytes::little_endian(std::int64_t offset, int count) {
    std::uint64_t number = 0;
    for (int i = count - 1; i >= 0; --i) number = number << 8 | byte(offset + i);
    return number;
}

bool HeaderBytes::has(std::int64_t offset, std::string_view text) {
    return std::ranges::all_of(text, [&](char letter) { return byte(offset++) == static_cast<std::uint8_t>(letter); });
}

}  // namespace earmark::decode
