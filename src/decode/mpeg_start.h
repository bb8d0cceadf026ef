#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "decode/byte_source.h"

namespace earmark::decode {

/// Up to `size_bytes` of what comes after a file's ID3v2 tag, if that could be MPEG audio; else nothing. The source
/// is at its start before and afterwards: one that cannot seek is replaced by one that gives what was read again.
std::vector<std::byte> read_mpeg_start(std::unique_ptr<ByteSource>& source, std::size_t size_bytes);

}  // namespace earmark::decode
