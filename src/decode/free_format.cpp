#include "decode/free_format.h"

#include <array>
#include <cstdint>

#include "decode/mpeg_start.h"
#include "decode/read_bytes.h"

namespace earmark::decode {
namespace {

using Bytes = std::span<const std::byte>;

// Three frames of 640 kbit/s at 16 kHz, the longest that LAME writes.
constexpr std::size_t window_bytes = std::size_t{24} * 1024;
constexpr std::size_t mpeg_header_bytes = 4;

/// The four bytes at the start of a frame.
class FrameHeader {
public:
    explicit FrameHeader(Bytes bytes) : bits_(static_cast<std::uint32_t>(big_endian(bytes, 0, 4))) {}

    bool is_free_format() const {
        return (bits_ & 0xffe00000U) == 0xffe00000U && version() != 1 && layer() != 0 && (bits_ >> 12 & 15U) == 0 &&
               rate_index() != 3;
    }

    /// All that does not change from frame to frame: sync, version, layer, bit rate, sample rate.
    bool continues(const FrameHeader& other) const { return (bits_ & 0xfffefc00U) == (other.bits_ & 0xfffefc00U); }

    bool is_mpeg_1() const { return version() == 3; }
    bool is_mono() const { return (bits_ >> 6 & 3U) == 3; }

    int sample_rate_hz() const {
        constexpr std::array rates_hz{44100, 48000, 32000};
        const int divisor = is_mpeg_1() ? 1 : version() == 2 ? 2 : 4;
        return rates_hz[rate_index()] / divisor;
    }

    int frame_samples() const {
        if (layer() == 3) return 384;
        return layer() == 1 && !is_mpeg_1() ? 576 : 1152;
    }

    std::size_t padding_bytes() const {
        if ((bits_ >> 9 & 1U) == 0) return 0;
        return layer() == 3 ? 4 : 1;
    }

private:
    std::uint32_t version() const { return bits_ >> 19 & 3U; }
    std::uint32_t layer() const { return bits_ >> 17 & 3U; }  // 3 is layer I
    std::uint32_t rate_index() const { return bits_ >> 10 & 3U; }

    std::uint32_t bits_;
};

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

std::optional<double> duration_in_info_header(Bytes bytes, const FrameHeader& first) {
    const std::size_t side_information_bytes =
        first.is_mpeg_1() ? (first.is_mono() ? 17 : 32) : (first.is_mono() ? 9 : 17);
    const std::size_t at = mpeg_header_bytes + side_information_bytes;
    const bool has_frame_count = (big_endian(bytes, at + 4, 4) & 1U) != 0;
    if ((!has_text(bytes, at, "Xing") && !has_text(bytes, at, "Info")) || !has_frame_count) return std::nullopt;
    return static_cast<double>(big_endian(bytes, at + 8, 4)) * first.frame_samples() / first.sample_rate_hz();
}

}  // namespace

std::optional<FreeFormat> find_free_format(Bytes bytes) {
    if (bytes.size() < mpeg_header_bytes) return std::nullopt;
    const FrameHeader first(bytes);
    if (!first.is_free_format() || !has_three_frames(bytes, first)) return std::nullopt;
    return FreeFormat{first.sample_rate_hz(), duration_in_info_header(bytes, first)};
}

std::optional<FreeFormat> find_free_format(std::unique_ptr<ByteSource>& source) {
    return find_free_format(read_mpeg_start(source, window_bytes));
}

}  // namespace earmark::decode
