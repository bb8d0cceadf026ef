#pragma once

#include <cstdint>
#include <optional>

#include "decode/byte_source.h"

namespace earmark::decode {

/// How many bytes of samples a WAV has where its header states less than half of that, and what comes after is neither
/// chunks nor zeros: its writer got the length wrong, as all do beyond 4 GB. REQUIRES: a source that can seek.
std::optional<std::int64_t> unstated_wav_bytes(ByteSource& source);

}  // namespace earmark::decode
