#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "decode/byte_source.h"

namespace earmark::decode {

/// Bytes of a source anywhere in it, for looking at headers before FFmpeg does. Moves the source's position. REQUIRES:
/// a source that can seek. What is behind the end reads as 0.
class HeaderBytes {
public:
    explicit HeaderBytes(ByteSource& source) : source_(source), size_bytes_(source.size_bytes().value_or(0)) {}

    std::int64_t size_bytes() const noexcept { return size_bytes_; }

    std::uint8_t byte(std::int64_t offset);
    std::uint64_t big_endian(std::int64_t offset, int count);     ///< a number of `count` bytes, at most 8
    std::uint64_t little_endian(std::int64_t offset, int count);  ///< likewise
    bool has(std::int64_t offset, std::string_view text);

private:
    void load(std::int64_t offset);

    ByteSource& source_;
    std::int64_t size_bytes_;
    std::array<std::byte, 4096> buffer_{};
    std::int64_t buffer_offset_ = 0;
    std::int64_t buffer_count_ = 0;
};

}  // namespace earmark::decode
