#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "metadata/byte_source.h"

namespace earmark::metadata {

// Numbers in the bytes of files, big and little endian.

/// `count` bytes, at most 8, as a number. REQUIRES: they are there.
inline std::uint64_t big_endian(std::string_view bytes, std::size_t at, std::size_t count) {
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < count; ++i) number = number << 8U | static_cast<unsigned char>(bytes[at + i]);
    return number;
}

inline std::uint64_t little_endian(std::string_view bytes, std::size_t at, std::size_t count) {
    std::uint64_t number = 0;
    for (std::size_t i = count; i-- > 0;) number = number << 8U | static_cast<unsigned char>(bytes[at + i]);
    return number;
}

inline std::string as_big_endian(std::uint64_t number, std::size_t count) {
    std::string bytes(count, '\0');
    for (std::size_t i = count; i-- > 0; number >>= 8U) bytes[i] = static_cast<char>(number & 0xFFU);
    return bytes;
}

inline std::string as_little_endian(std::uint64_t number, std::size_t count) {
    std::string bytes(count, '\0');
    for (std::size_t i = 0; i < count; ++i, number >>= 8U) bytes[i] = static_cast<char>(number & 0xFFU);
    return bytes;
}

/// Takes bytes from the front of others, and throws Damage where there are too few.
class Cursor {
public:
    explicit Cursor(std::string_view bytes) : bytes_(bytes) {}

    std::size_t at() const noexcept { return at_; }
    std::size_t left() const noexcept { return bytes_.size() - at_; }

    std::string_view take(std::uint64_t count) {
        if (count > left()) throw Damage("a field ends after what it is in");
        const std::string_view taken = bytes_.substr(at_, count);
        at_ += count;
        return taken;
    }
    std::uint64_t take_big(std::size_t count) { return big_endian(take(count), 0, count); }
    std::uint64_t take_little(std::size_t count) { return little_endian(take(count), 0, count); }

private:
    std::string_view bytes_;
    std::size_t at_ = 0;
};

}  // namespace earmark::metadata
