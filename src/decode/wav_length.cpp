#include "decode/wav_length.h"

#include <algorithm>
#include <array>
#include <vector>

#include "decode/read_bytes.h"

namespace earmark::decode {
namespace {

constexpr int most_chunks = 256;
constexpr std::int64_t chunk_header_bytes = 8;

struct Chunk {
    std::int64_t content_at = 0;
    std::int64_t content_bytes = 0;
    bool is_data = false;

    std::int64_t end() const { return content_at + content_bytes + content_bytes % 2; }
};

bool is_printable(std::byte letter) { return letter >= std::byte{' '} && letter <= std::byte{'~'}; }

std::optional<Chunk> chunk_at(ByteSource& source, std::int64_t offset_bytes) {
    const auto header = read_at(source, offset_bytes, chunk_header_bytes);
    if (header.size() < chunk_header_bytes) return std::nullopt;
    if (!std::all_of(header.begin(), header.begin() + 4, is_printable)) return std::nullopt;
    return Chunk{.content_at = offset_bytes + chunk_header_bytes,
                 .content_bytes = static_cast<std::int64_t>(little_endian(header, 4, 4)),
                 .is_data = has_text(header, 0, "data")};
}

std::optional<Chunk> find_data(ByteSource& source) {
    std::int64_t at = 12;
    for (int i = 0; i < most_chunks; ++i) {
        const auto chunk = chunk_at(source, at);
        if (!chunk || chunk->is_data) return chunk;
        at = chunk->end();
    }
    return std::nullopt;
}

/// From there to the end of the file there is one chunk after the other; the last one may lack a byte that pads it, and
/// one of a common name may be cut short.
bool are_chunks(ByteSource& source, std::int64_t at, std::int64_t end) {
    constexpr std::array common_names{"LIST", "JUNK", "id3 ", "ID3 "};
    const auto name = read_at(source, at, 4);
    if (std::ranges::any_of(common_names, [&](const char* common) { return has_text(name, 0, common); })) return true;
    for (int i = 0; i < most_chunks && at < end; ++i) {
        const auto chunk = chunk_at(source, at);
        if (!chunk || chunk->end() > end + 1) return false;
        at = chunk->end();
    }
    return at >= end;
}

bool are_zeros(ByteSource& source, std::int64_t at) {
    constexpr std::size_t looked_at_bytes = 4096;
    const auto bytes = read_at(source, at, looked_at_bytes);
    return std::all_of(bytes.begin(), bytes.end(), [](std::byte byte) { return byte == std::byte{0}; });
}

}  // namespace

bool WavLength::is_wrapped() const noexcept {
    constexpr std::int64_t field_range = std::int64_t{1} << 32;
    constexpr std::int64_t most_chunk_bytes = std::int64_t{1} << 20;
    const std::int64_t unstated_bytes = present_bytes - stated_bytes;
    return unstated_bytes >= field_range && unstated_bytes % field_range < most_chunk_bytes;
}

std::optional<WavLength> find_wrong_wav_length(ByteSource& source) {
    const std::int64_t end = source.size_bytes().value_or(0);
    const auto data = find_data(source);
    // libavformat reads to the end of its own accord where the size is 0 or the greatest one.
    if (!data || data->content_bytes == 0) return std::nullopt;
    const WavLength length{data->content_at - 4, data->content_bytes, end - data->content_at};
    if (length.present_bytes / 2 <= length.stated_bytes) return std::nullopt;
    const bool is_right = are_chunks(source, data->end(), end) || are_zeros(source, data->end());
    return is_right && !length.is_wrapped() ? std::nullopt : std::optional(length);
}

}  // namespace earmark::decode
