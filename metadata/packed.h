#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace earmark::metadata {

/// Bytes as text for JSON: zlib (RFC 1950), then base64 (RFC 4648 section 4, padded).
std::string packed(std::string_view bytes);

/// The way back. Throws Damage when it does not give exactly `byte_count` bytes; more are never unpacked.
std::string unpacked(std::string_view text, std::uint64_t byte_count);

}  // namespace earmark::metadata
