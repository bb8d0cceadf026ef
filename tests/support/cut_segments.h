#pragma once

#include <algorithm>
#include <cassert>
#include <vector>

#include "earmark/aggregation.h"
#include "earmark/matrix.h"

namespace earmark {

/// The segments of a log-mel spectrogram (frames x mel_bands) all at once, one after the other: (segments *
/// segment_frames) x mel_bands. What a SegmentStream must give. REQUIRES: at least one frame.
inline Matrix cut_segments(const Matrix& log_mel, std::size_t segment_frames) {
    assert(log_mel.row_count() > 0);
    const std::vector<std::size_t> starts = segment_starts(log_mel.row_count(), segment_frames);
    Matrix segments(starts.size() * segment_frames, log_mel.column_count());
    for (std::size_t index = 0; index < starts.size(); ++index) {
        for (std::size_t frame = 0; frame < segment_frames; ++frame) {
            const std::size_t source = (starts[index] + frame) % log_mel.row_count();  // a short clip again and again
            std::ranges::copy(log_mel.row(source), segments.row(index * segment_frames + frame).begin());
        }
    }
    return segments;
}

}  // namespace earmark
