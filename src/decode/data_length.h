#pragma once

#include <cstdint>
#include <optional>

#include "decode/byte_source.h"
#include "decode/edited_source.h"

namespace earmark::decode {

/// How long the samples of a file are, in bytes.
struct DataLength {
    std::int64_t stated_bytes = 0;
    std::int64_t present_bytes = 0;
    Patch patch{};  ///< of the header, with which libavformat reads all of them

    /// The field of the header has 32 bits, and holds what is left of a length beyond 4 GB. Chunks may follow.
    bool is_wrapped() const noexcept;
};

/// That of a WAV, RF64, AIFF or CAF whose header states less than half of what there is, where the rest is neither
/// chunks nor zeros and the size of the WAV as a whole does not include it, or where its length is wrapped. REQUIRES: a
/// source that can seek.
std::optional<DataLength> find_wrong_data_length(ByteSource& source);

}  // namespace earmark::decode
