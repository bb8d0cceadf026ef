#pragma once

#include <cstdint>
#include <optional>

#include "decode/byte_source.h"

namespace earmark::decode {

/// How long the samples of a WAV are, in bytes.
struct WavLength {
    std::int64_t field_at = 0;  ///< where the header states it
    std::int64_t stated_bytes = 0;
    std::int64_t present_bytes = 0;

    /// The field of the header has 32 bits, and holds what is left of a length beyond 4 GB. Chunks may follow.
    bool is_wrapped() const noexcept;
};

/// That of a WAV whose header states less than half of what there is, where the rest is neither chunks nor zeros, or
/// where its length is wrapped. REQUIRES: a source that can seek.
std::optional<WavLength> find_wrong_wav_length(ByteSource& source);

}  // namespace earmark::decode
