#include "decode/read_bytes.h"

#include <algorithm>

namespace earmark::decode {

void read_until(std::vector<std::byte>& bytes, ByteSource& source, std::size_t size_bytes) {
    std::size_t count = bytes.size();
    if (count >= size_bytes) return;
    bytes.resize(size_bytes);
    while (count < size_bytes) {
        const std::ptrdiff_t more = source.read(std::span(bytes).subspan(count));
        if (more <= 0) break;
        count += static_cast<std::size_t>(more);
    }
    bytes.resize(count);
}

std::vector<std::byte> read_at(ByteSource& source, std::int64_t offset_bytes, std::size_t size_bytes) {
    std::vector<std::byte> bytes;
    if (source.seek(offset_bytes)) read_until(bytes, source, size_bytes);
    return bytes;
}

bool are_zeros(ByteSource& source, std::int64_t offset_bytes) {
    constexpr std::size_t looked_at_bytes = 4096;
    const auto bytes = read_at(source, offset_bytes, looked_at_bytes);
    return std::all_of(bytes.begin(), bytes.end(), [](std::byte byte) { return byte == std::byte{0}; });
}

bool has_text(std::span<const std::byte> bytes, std::size_t offset, std::string_view text) {
    if (offset > bytes.size() || bytes.size() - offset < text.size()) return false;
    const auto letters = std::as_bytes(std::span(text));
    return std::equal(letters.begin(), letters.end(), bytes.begin() + static_cast<std::ptrdiff_t>(offset));
}

std::uint64_t little_endian(std::span<const std::byte> bytes, std::size_t offset, int size_bytes) {
    std::uint64_t number = 0;
    if (offset + static_cast<std::size_t>(size_bytes) > bytes.size()) return 0;
    for (int i = size_bytes - 1; i >= 0; --i) number = number << 8U | std::to_integer<std::uint64_t>(bytes[offset + i]);
    return number;
}

std::uint64_t big_endian(std::span<const std::byte> bytes, std::size_t offset, int size_bytes) {
    std::uint64_t number = 0;
    if (offset + static_cast<std::size_t>(size_bytes) > bytes.size()) return 0;
    for (int i = 0; i < size_bytes; ++i) number = number << 8U | std::to_integer<std::uint64_t>(bytes[offset + i]);
    return number;
}

}  // namespace earmark::decode
