#include "earmark/aggregation.h"

#include <algorithm>
#include <cassert>

namespace earmark {

void SegmentStream::append(std::span<const float> frame) {
    std::ranges::copy(frame, buffer_.row(segment_frames_ + filled_frames_).begin());
    ++filled_frames_;
    ++frame_count_;
}

void SegmentStream::keep_last_segment() {
    std::ranges::copy(buffer_.rows(filled_frames_, segment_frames_), buffer_.rows(0, segment_frames_).begin());
    filled_frames_ = 0;
}

void SegmentStream::repeat_clip() {
    const auto segment = buffer_.rows(segment_frames_, segment_frames_);
    const std::size_t clip_size = frame_count_ * buffer_.column_count();
    for (std::size_t place = clip_size; place < segment.size(); ++place) segment[place] = segment[place - clip_size];
    filled_frames_ = segment_frames_;
}

void SegmentStream::complete_last_segment() {
    assert(frame_count_ > 0);
    if (frame_count_ < segment_frames_) repeat_clip();
    const std::size_t rest = filled_frames_ % segment_frames_;
    if (rest == 0) return;
    // Back by what is missing: the last segment_frames_ frames move to where the last segment is to end.
    const std::size_t end = segment_frames_ + filled_frames_;
    const auto last = buffer_.rows(end - segment_frames_, segment_frames_);
    const std::size_t target = end - rest;
    std::copy_backward(last.begin(), last.end(), buffer_.rows(target, segment_frames_).end());
    filled_frames_ += segment_frames_ - rest;
}

}  // namespace earmark
