#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "earmark/export.h"
#include "earmark/matrix.h"

namespace earmark {

// How the activations of a network become the numbers that it adds to the embedding. Functions and const access are
// thread-safe. A SegmentStream and a SegmentStatistics that change belong to one thread at a time. Nothing throws
// Error.

/// What the values of a filter in a segment become.
enum class WithinSegment { maximum };  ///< over the time of a segment (Lee & Nam 2017, section II-B)

/// What the values of the segments of a clip become.
enum class AcrossSegments {
    mean,                ///< over the segments of a clip (the same paper, section II)
    mean_and_deviation,  ///< ours: and the standard deviation over them (of the population: 0 for one segment)
};

struct EARMARK_EXPORT Aggregation {
    WithinSegment within_segment = WithinSegment::maximum;
    AcrossSegments across_segments = AcrossSegments::mean;

    bool operator==(const Aggregation&) const = default;
};

/// How many values of the embedding one value of a segment becomes.
constexpr std::size_t statistic_count(AcrossSegments rule) noexcept { return rule == AcrossSegments::mean ? 1 : 2; }

/// First frames of the segments of a clip: they follow each other without gap, and the last one is moved back so that
/// no tail is lost. A clip shorter than a segment has one segment, at 0: the clip is repeated as a whole until it fills
/// the segment. No frames have no segments. REQUIRES: segment_frames more than 0.
EARMARK_EXPORT std::vector<std::size_t> segment_starts(std::size_t frame_count, std::size_t segment_frames);

/// The segments of a clip whose frames (mel_bands) come one by one, at the frames of segment_starts. They come in
/// blocks of `block_segments`, (segments * segment_frames) x mel_bands, so that a network runs on many at once; memory
/// is that of one block and one segment.
class EARMARK_EXPORT SegmentStream {
public:
    /// REQUIRES: all three more than 0.
    SegmentStream(std::size_t segment_frames, std::size_t band_count, std::size_t block_segments)
        : segment_frames_(segment_frames), buffer_((block_segments + 1) * segment_frames, band_count) {}

    /// Calls visit(segments) when these frames complete a block: whole segments, one after the other.
    /// REQUIRES: a frame of band_count values.
    template <typename Visit>
    void add(std::span<const float> frame, Visit&& visit) {
        if (segment_frames_ + filled_frames_ == buffer_.row_count()) {
            visit(block(filled_frames_));
            keep_last_segment();
        }
        append(frame);
    }

    /// Calls visit(segments) with what is left, the last segment moved back or the short clip repeated, and is ready
    /// for the next clip. REQUIRES: at least one frame was added.
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

/// The mean over the segments of a clip of each number that a segment has, and, by rule, the deviation of each.
/// Segments may come in any number of portions.
class EARMARK_EXPORT SegmentStatistics {
public:
    explicit SegmentStatistics(std::size_t column_count, AcrossSegments rule = AcrossSegments::mean)
        : sums_(column_count, 0.0), spreads_(rule == AcrossSegments::mean ? 0 : column_count) {}

    /// One segment. REQUIRES: as many values as there are columns.
    void add(std::span<const float> segment);

    /// The mean of each column, then, with mean_and_deviation, the deviation of each. REQUIRES: at least one segment
    /// was added.
    std::vector<float> value() const;
    void reset();

private:
    /// Of the segments so far, by Welford's method (Technometrics 1962), in which equal numbers deviate by nothing.
    struct Spread {
        double mean = 0.0;
        double squares = 0.0;  ///< sum of the squared distances to the mean
    };

    std::vector<double> sums_;
    std::vector<Spread> spreads_;  ///< empty where only means are wanted
    std::size_t segment_count_ = 0;
};

}  // namespace earmark
