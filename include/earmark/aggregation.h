#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "earmark/matrix.h"

namespace earmark {

/// First frames of the segments of a clip: they follow each other without gap, and the last one is moved back so that
/// no tail is lost. A clip shorter than a segment has one segment, at 0.
std::vector<std::size_t> segment_starts(std::size_t frame_count, std::size_t segment_frames);

/// The segments of a log-mel spectrogram (frames x mel_bands), one after the other: (segments * segment_frames) x
/// mel_bands. A clip shorter than a segment is repeated as a whole until it fills one. REQUIRES: at least one frame.
Matrix cut_segments(const Matrix& log_mel, std::size_t segment_frames);

/// The same for `segment_count` of them from `first_segment` on, so that a long clip need not be copied whole.
Matrix cut_segments(const Matrix& log_mel, std::size_t segment_frames, std::size_t first_segment,
                    std::size_t segment_count);

/// Mean over the segments of a clip, added in any number of portions (Lee & Nam 2017, section II-B: maximum within a
/// segment, mean across segments).
class SegmentMean {
public:
    explicit SegmentMean(std::size_t column_count) : sums_(column_count, 0.0) {}

    /// `segments` is segments x columns.
    void add(const Matrix& segments);
    std::size_t segment_count() const noexcept { return segment_count_; }

    /// One mean for each column. REQUIRES: at least one segment was added.
    std::vector<float> value() const;
    void reset();

private:
    std::vector<double> sums_;
    std::size_t segment_count_ = 0;
};

}  // namespace earmark
