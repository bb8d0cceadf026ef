#pragma once

#include <cstdint>
#include <memory>

#include "decode/byte_source.h"

namespace earmark::decode {

/// Where the tags begin that taggers append to files of any format: ID3v1, Lyrics3v2, APEv2. The size of the file where
/// there are none. REQUIRES: a source that can seek; it is at its start afterwards.
std::int64_t end_without_tags(ByteSource& source);

/// A source that ends at `end_bytes`. REQUIRES: one that can seek.
std::unique_ptr<ByteSource> end_at(std::unique_ptr<ByteSource> source, std::int64_t end_bytes);

}  // namespace earmark::decode
