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
