#pragma once

#include "decode/header_bytes.h"

namespace earmark::decode {

/// Whether the ID3v2 tag there is one that FFmpeg reads at once: without compressed frames, and with at most a thousand
/// of them. True where there is none.
bool is_simple_id3(HeaderBytes& bytes, std::int64_t at);

}  // namespace earmark::decode
