#pragma once

#include <cstdint>
#include <optional>

#include "decode/byte_source.h"

namespace earmark::decode {

/// What the header of a container states about its length in bytes, for those of which libavformat does not report it.
struct ContainerSize {
    /// Of the whole file; nothing where the header leaves it open, or its format has no such field.
    std::optional<std::int64_t> whole_bytes;

    /// A WAV whose header states so much less than there is that it must be wrong (of more than 4 GB, the field holds
    /// the rest of a division by that): how many bytes of samples there are.
    std::optional<std::int64_t> unstated_wav_bytes;

    bool is_w64 = false;
};

/// Of RIFF (WAV, AVI), W64, CAF, ASF and DSF. REQUIRES: a source that can seek; it then stands at its start.
ContainerSize read_container_size(ByteSource& source);

}  // namespace earmark::decode
