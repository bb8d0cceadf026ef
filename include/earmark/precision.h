#pragma once

#include <cstdint>

#include "earmark/export.h"

namespace earmark {

/// Arithmetic of the convolutions.
enum class Precision : std::uint8_t {
    automatic,  ///< bfloat16 where the processor multiplies it fast (AMX or AVX-512 BF16), else float32
    float32,
    bfloat16,  ///< products of 8-bit mantissas, sums in float32
};

/// What `automatic` is on this processor; any other precision stays. Thread-safe; throws no Error.
EARMARK_EXPORT Precision resolved(Precision precision);

}  // namespace earmark
