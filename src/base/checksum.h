#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>

namespace earmark {

/// XXH64 with seed 0 (https://github.com/Cyan4973/xxHash) of the parts, one after the other: it shows damage, not
/// intent. The same on every machine. Thread-safe.
std::uint64_t checksum(std::initializer_list<std::span<const std::byte>> parts);

/// 16 hexadecimal digits, lower case.
std::string checksum_text(std::uint64_t checksum);

}  // namespace earmark
