#include "decode/mpeg_frame.h"

namespace earmark::decode {

std::optional<double> duration_in_info_header(std::span<const std::byte> bytes) {
    if (bytes.size() < mpeg_header_bytes) return std::nullopt;
    const FrameHeader first(bytes);
    if (!first.is_valid()) return std::nullopt;
    const std::size_t side_information_bytes =
        first.is_mpeg_1() ? (first.is_mono() ? 17 : 32) : (first.is_mono() ? 9 : 17);
    const std::size_t at = mpeg_header_bytes + side_information_bytes;
    const bool has_frame_count = (big_endian(bytes, at + 4, 4) & 1U) != 0;
    if ((!has_text(bytes, at, "Xing") && !has_text(bytes, at, "Info")) || !has_frame_count) return std::nullopt;
    return static_cast<double>(big_endian(bytes, at + 8, 4)) * first.frame_samples() / first.sample_rate_hz();
}

}  // namespace earmark::decode
