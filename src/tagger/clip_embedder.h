#pragma once

#include <memory>
#include <span>
#include <vector>

#include "earmark/aggregation.h"
#include "earmark/model.h"
#include "earmark/network.h"
#include "earmark/precision.h"

namespace earmark {

/// The log-mel frames of a clip, one after the other, to its embedding. Belongs to one thread at a time.
class ClipEmbedder {
public:
    ClipEmbedder(std::shared_ptr<const Model> model, Precision precision);

    /// Forgets what came since the last finish().
    void reset() noexcept;

    /// A frame of mel_band_count values, not normalized.
    void add(std::span<const float> log_mel);

    /// The embedding, Model::feature_count() numbers. REQUIRES: a frame has come.
    std::vector<float> finish();

private:
    // One network, and what of the clip has come through it.
    struct Scale {
        Network network;
        SegmentStream segments;
        SegmentStatistics statistics;

        void run(std::span<const float> block);
    };

    static std::vector<Scale> prepare_scales(const std::shared_ptr<const Model>& model, Precision precision);

    std::shared_ptr<const Model> model_;
    std::vector<Scale> scales_;
    std::vector<float> normalized_;
};

}  // namespace earmark
