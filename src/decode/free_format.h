#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>

#include "decode/byte_source.h"

namespace earmark::decode {

/// MPEG audio whose frame headers leave the bit rate open (index 0; ISO/IEC 11172-3, 2.4.2.3), as `lame --freeformat`
/// writes it. libavcodec cannot decode it.
struct FreeFormat {
    int sample_rate_hz = 0;
    std::optional<double> declared_duration_s;  ///< by the Xing or Info header, which counts the frames
};

/// What `bytes` start with, if it is that: three headers at equal distances, but for the padding.
std::optional<FreeFormat> find_free_format(std::span<const std::byte> bytes);

/// The same for a source that is at its start, after ID3v2 tags; it is there again afterwards. One that
/// cannot seek is replaced by one that gives what was read once more.
std::optional<FreeFormat> find_free_format(std::unique_ptr<ByteSource>& source);

}  // namespace earmark::decode
