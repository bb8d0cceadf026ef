#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "decode/byte_source.h"

namespace earmark::decode {

/// Appends what the source has, until there are `size_bytes`; fewer at its end or where it cannot be read.
void read_until(std::vector<std::byte>& bytes, ByteSource& source, std::size_t size_bytes);

/// Up to `size_bytes` from a position on; none where the source cannot go there.
std::vector<std::byte> read_at(ByteSource& source, std::int64_t offset_bytes, std::size_t size_bytes);

/// The first 4,096 bytes from a position on, as where a recorder has allocated more than it needed.
bool are_zeros(ByteSource& source, std::int64_t offset_bytes);

/// False where the bytes end before.
bool has_text(std::span<const std::byte> bytes, std::size_t offset, std::string_view text);

/// Whole numbers of so many bytes, at most eight; 0 where the bytes end before.
std::uint64_t little_endian(std::span<const std::byte> bytes, std::size_t offset, int size_bytes);
std::uint64_t big_endian(std::span<const std::byte> bytes, std::size_t offset, int size_bytes);

}  // namespace earmark::decode
