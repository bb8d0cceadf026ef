#pragma once

#include <vector>

#include "earmark/export.h"

namespace earmark {

/// Mono audio. A plain value: const access is thread-safe. Samples are nominally within [-1, 1]; decoders may overshoot
/// a little, and nothing is clipped.
struct EARMARK_EXPORT Audio {
    std::vector<float> samples;
    int sample_rate_hz = 0;  ///< 0 when there is no audio

    double duration_s() const noexcept {
        return sample_rate_hz > 0 ? static_cast<double>(samples.size()) / sample_rate_hz : 0.0;
    }
};

}  // namespace earmark
