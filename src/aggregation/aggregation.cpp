#include "earmark/aggregation.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "base/mean_deviation.h"

namespace earmark {

std::vector<std::size_t> segment_starts(std::size_t frame_count, std::size_t segment_frames) {
    assert(segment_frames > 0);
    std::vector<std::size_t> starts((frame_count + segment_frames - 1) / segment_frames);
    for (std::size_t index = 0; index < starts.size(); ++index) {
        starts[index] = std::min(index * segment_frames, frame_count - std::min(frame_count, segment_frames));
    }
    return starts;
}

Matrix cut_segments(const Matrix& log_mel, std::size_t segment_frames) {
    return cut_segments(log_mel, segment_frames, 0, segment_starts(log_mel.row_count(), segment_frames).size());
}

Matrix cut_segments(const Matrix& log_mel, std::size_t segment_frames, std::size_t first_segment,
                    std::size_t segment_count) {
    assert(log_mel.row_count() > 0);
    const std::vector<std::size_t> starts = segment_starts(log_mel.row_count(), segment_frames);
    Matrix segments(segment_count * segment_frames, log_mel.column_count());
    for (std::size_t index = 0; index < segment_count; ++index) {
        // A clip shorter than a segment goes in again and again; any other once.
        for (std::size_t filled = 0; filled < segment_frames;) {
            const std::size_t count = std::min(log_mel.row_count(), segment_frames - filled);
            std::ranges::copy(log_mel.rows(starts[first_segment + index], count),
                              segments.rows(index * segment_frames + filled, count).begin());
            filled += count;
        }
    }
    return segments;
}

void SegmentStatistics::add(std::span<const float> segment) {
    assert(segment.size() == sums_.size());
    ++segment_count_;
    for (std::size_t column = 0; column < sums_.size(); ++column) sums_[column] += segment[column];
    const double share = 1.0 / static_cast<double>(segment_count_);
    for (std::size_t column = 0; column < spreads_.size(); ++column) {
        Spread& spread = spreads_[column];
        add_to_spread(segment[column], share, spread.mean, spread.squares);
    }
}

void SegmentStatistics::add(const Matrix& segments) {
    for (std::size_t index = 0; index < segments.row_count(); ++index) add(segments.row(index));
}

std::vector<float> SegmentStatistics::value() const {
    assert(segment_count_ > 0);
    const auto count = static_cast<double>(segment_count_);
    std::vector<float> values;
    values.reserve(sums_.size() + spreads_.size());
    for (const double sum : sums_) values.push_back(static_cast<float>(sum / count));
    for (const Spread& spread : spreads_) values.push_back(static_cast<float>(std::sqrt(spread.squares / count)));
    return values;
}

void SegmentStatistics::reset() {
    std::ranges::fill(sums_, 0.0);
    std::ranges::fill(spreads_, Spread{});
    segment_count_ = 0;
}

}  // namespace earmark
