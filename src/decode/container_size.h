#pragma once

#include <cstdint>
#include <optional>

#include "decode/byte_source.h"
#include "decode/data_length.h"

namespace earmark::decode {

/// What the header of a container states about its length in bytes, for those of which libavformat does not report it.
struct ContainerSize {
    /// Of the whole file; nothing where the header leaves it open, or its format has no such field.
    std::optional<std::int64_t> whole_bytes;

    std::optional<DataLength> wrong_data_length;  ///< where the header must be wrong

    bool is_w64 = false;
};

/// Of RIFF (WAV, AVI), W64, CAF, ASF and DSF. REQUIRES: a source that can seek; it is at its start afterwards.
ContainerSize read_container_size(ByteSource& source);

}  // namespace earmark::decode
