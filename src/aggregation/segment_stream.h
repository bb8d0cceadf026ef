#pragma once

#include <cstddef>
#include <span>

#include "earmark/matrix.h"

namespace earmark {

/// The segments of a clip whose frames come one by one, the same as cut_segments gives of the whole clip. They come in
/// blocks of `block_segments`, so that a network runs on many at once; memory is that of one block and one segment.
class SegmentStream {
public:
    SegmentStream(std::size_t segment_frames, std::size_t band_count, std::size_t block_segments)
        : segment_frames_(segment_frames), buffer_((block_segments + 1) * segment_frames, band_count) {}

    /// Calls visit(segments) when these frames complete a block: whole segments, one after the other.
    template <typename Visit>
    void add(std::span<const float> frame, Visit&& visit) {
        if (segment_frames_ + filled_frames_ == buffer_.row_count()) {
            visit(block(filled_frames_));
            keep_last_segment();
        }
        append(frame);
    }

    /// Calls visit(segments) with what is left, the last segment moved back or the short clip repeated, and is ready for
    /// the next clip. REQUIRES: at least one frame was added.
    template <typename Visit>
    void finish(Visit&& visit) {
        complete_last_segment();
        visit(block(filled_frames_));
        reset();
    }

    void reset() noexcept {
        filled_frames_ = 0;
        frame_count_ = 0;
    }

private:
    std::span<const float> block(std::size_t frame_count) const { return buffer_.rows(segment_frames_, frame_count); }

    void append(std::span<const float> frame);
    void keep_last_segment();
    void repeat_clip();
    void complete_last_segment();

    std::size_t segment_frames_;
    Matrix buffer_;  ///< the last segment of the block before, for the segment that is moved back; then the block
    std::size_t filled_frames_ = 0;  ///< of the block
    std::size_t frame_count_ = 0;    ///< of the clip
};

}  // namespace earmark
