#include "decode/free_format.h"

#include "decode/mpeg_frame.h"
#include "decode/mpeg_start.h"

namespace earmark::decode {
namespace {

using Bytes = std::span<const std::byte>;

// Three frames of 640 kbit/s at 16 kHz, the longest that LAME writes.
constexpr std::size_t window_bytes = std::size_t{24} * 1024;

std::optional<FrameHeader> header_at(Bytes bytes, std::size_t offset, const FrameHeader& first) {
    if (offset + mpeg_header_bytes > bytes.size()) return std::nullopt;
    const FrameHeader header(bytes.subspan(offset));
    return header.continues(first) ? std::optional(header) : std::nullopt;
}

bool has_three_frames(Bytes bytes, const FrameHeader& first) {
    constexpr std::size_t least_frame_bytes = 24;
    for (std::size_t second_at = least_frame_bytes; second_at < bytes.size(); ++second_at) {
        const auto second = header_at(bytes, second_at, first);
        if (!second) continue;
        const std::size_t third_at = 2 * second_at - first.padding_bytes() + second->padding_bytes();
        if (header_at(bytes, third_at, first)) return true;
    }
    return false;
}

}  // namespace

std::optional<FreeFormat> find_free_format(Bytes bytes) {
    if (bytes.size() < mpeg_header_bytes) return std::nullopt;
    const FrameHeader first(bytes);
    if (!first.is_free_format() || !has_three_frames(bytes, first)) return std::nullopt;
    return FreeFormat{first.sample_rate_hz(), duration_in_info_header(bytes)};
}

std::optional<FreeFormat> find_free_format(std::unique_ptr<ByteSource>& source) {
    return find_free_format(read_mpeg_start(source, window_bytes));
}

}  // namespace earmark::decode
