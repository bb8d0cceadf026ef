#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "earmark/spectrogram.h"

namespace earmark {

/// The log-mel value from which on a frame is audible (TaggerOptions::plain): three times the mean magnitude that white
/// noise has in a band, at -70 dB of a full scale of 1, the level below which ITU-R BS.1770 does not measure loudness.
/// Three times, since the magnitudes of noise vary; a tone, whose energy is in one band, is audible from about -85 dB.
float audible_log_mel(const SpectrogramSettings& settings);

/// Which segments of a clip have an audible frame. The segments are those of SegmentStream, to which the same frames
/// are added.
class AudibleSegments {
public:
    /// REQUIRES: more than 0.
    explicit AudibleSegments(std::size_t segment_frames) : segment_frames_(segment_frames) {}

    void add(bool is_audible);

    /// The last segment is moved back, where it is not whole. REQUIRES: a frame was added.
    void finish();

    /// For each segment that was begun since the last forget(), whether it has an audible frame so far.
    const std::vector<bool>& segments() const noexcept { return segments_; }

    /// The segments so far; the clip goes on with the next one.
    void forget() { segments_.clear(); }
    void reset();

private:
    std::size_t segment_frames_;
    std::vector<bool> segments_;
    std::size_t frame_count_ = 0;  ///< of the clip
    std::size_t audible_end_ = 0;  ///< the frame behind the last audible one; 0 before the first
};

}  // namespace earmark
