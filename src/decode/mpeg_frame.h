#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "decode/read_bytes.h"

namespace earmark::decode {

inline constexpr std::size_t mpeg_header_bytes = 4;

/// The four bytes at the start of a frame of MPEG audio (ISO/IEC 11172-3, 2.4.2.3).
class FrameHeader {
public:
    /// Of the first bytes that are there, at least mpeg_header_bytes.
    explicit FrameHeader(std::span<const std::byte> bytes)
        : bits_(static_cast<std::uint32_t>(big_endian(bytes, 0, mpeg_header_bytes))) {}

    bool is_valid() const {
        return (bits_ & 0xffe00000U) == 0xffe00000U && version() != 1 && layer() != 0 && rate_index() != 3;
    }
    bool is_free_format() const { return is_valid() && (bits_ >> 12 & 15U) == 0; }

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

/// What the Xing or Info header, which counts the frames, declares of MPEG audio that starts with `bytes`, if there is
/// one.
std::optional<double> duration_in_info_header(std::span<const std::byte> bytes);

}  // namespace earmark::decode
