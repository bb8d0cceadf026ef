#pragma once

#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "earmark/aggregation.h"
#include "earmark/model.h"
#include "earmark/network.h"
#include "earmark/precision.h"
#include "earmark/segments.h"
#include "earmark/spectrogram.h"
#include "tagger/audibility.h"

namespace earmark {

/// The log-mel frames of a clip, one after the other, to its embedding. Belongs to one thread at a time.
class ClipEmbedder {
public:
    /// Segments without an audible frame do not count (audibility.h), unless it is `plain` or there is no other one.
    /// The first segment that counts begins with the first audible frame, so that silence before a clip changes
    /// nothing.
    ClipEmbedder(std::shared_ptr<const Model> model, Precision precision, bool plain);

    void visit_segments(SegmentVisitor visit) { visit_ = std::move(visit); }
    void visit_frames(FrameVisitor visit) { visit_frame_ = std::move(visit); }

    /// Forgets what came since the last finish().
    void reset() noexcept;

    /// A frame of mel_band_count values, not normalized.
    void add(std::span<const float> log_mel);

    /// Of the clip so far; all of them where it is plain.
    std::size_t audible_frame_count() const noexcept { return audible_frame_count_; }

    /// The embedding, Model::feature_count() numbers. REQUIRES: a frame has come.
    std::vector<float> finish();

private:
    // One network, and what of the clip has come through it.
    struct Scale {
        Network network;
        SegmentStream segments;
        SegmentStatistics statistics;
        AudibleSegments audible;
        bool sound_seen = false;  ///< an audible segment has come
        std::size_t segment_count = 0;

        void add(std::span<const float> maxima, bool is_audible);
    };

    void run(std::size_t scale, std::span<const float> block);
    void run_last(std::size_t scale);
    void begin_at_sound();
    std::size_t first_frame_of_next_segment(std::size_t scale) const;

    static std::vector<Scale> prepare_scales(const std::shared_ptr<const Model>& model, Precision precision);

    std::shared_ptr<const Model> model_;
    std::vector<Scale> scales_;
    std::vector<float> normalized_;
    float audible_log_mel_;
    std::size_t frame_count_ = 0;      ///< of the clip so far
    std::size_t first_cut_frame_ = 0;  ///< where the first of the segments begins: with the first audible frame
    std::size_t audible_frame_count_ = 0;
    SegmentVisitor visit_;
    FrameVisitor visit_frame_;
};

}  // namespace earmark
