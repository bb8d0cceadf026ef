#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "decode/byte_source.h"

namespace earmark::decode {

/// A source packed with gzip (VGZ is; RFC 1952) becomes its contents, up to 16 MB; any other stays as it is. Throws
/// Error (not_audio) that starts with `name` when there is more, or when gzip is in gzip: FFmpeg's libgme would unpack
/// gigabytes of zeros.
std::unique_ptr<ByteSource> unpack_gzip(std::unique_ptr<ByteSource> source, const std::string& name);

/// A block packed with zlib (RFC 1950), at most so many bytes of it; what came before damage, where there is any.
std::vector<std::byte> unpack_zlib(std::span<const std::byte> packed, std::size_t most_bytes);

}  // namespace earmark::decode
