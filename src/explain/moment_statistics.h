#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "earmark/model.h"
#include "earmark/segments.h"
#include "explain/embedding_map.h"

namespace earmark {

/// The segments of a clip, and its embedding without those of a moment. Belongs to one thread at a time.
class MomentStatistics {
public:
    explicit MomentStatistics(std::shared_ptr<const Model> model);

    void add(const SegmentMaxima& segment);

    /// After the last segment, before the functions below. REQUIRES: a segment of each scale.
    void finish(double duration_s);

    /// Forgets the clip.
    void reset();

    /// The clip's embedding without the segments that have their middle within [start_s, end_s); at its mean over the
    /// training clips where a scale has no other segment. Nothing where no segment of the moment counts.
    std::optional<std::vector<float>> embedding_without(double start_s, double end_s) const;

    /// The mean of each number of a segment over those of the moment that count, of one scale; empty without one.
    std::vector<double> means(std::size_t scale, double start_s, double end_s) const;

private:
    /// Of some segments, by Welford's method (base/mean_deviation.h), since two groups of segments can be joined, or
    /// one taken away from the other.
    struct Group {
        std::size_t count = 0;
        std::vector<double> means;
        std::vector<double> squares;
    };

    /// Those that count: without an audible frame only where the scale has no other.
    struct Scale {
        std::vector<double> middles_s;
        std::vector<float> values;  ///< segments x columns
        bool sound_seen = false;
        Group all;

        std::size_t column_count() const { return middles_s.empty() ? 0 : values.size() / middles_s.size(); }
        Group group(std::size_t first, std::size_t end) const;
        Group moment(double start_s, double end_s) const;
    };

    static Group difference(const Group& all, const Group& taken);

    std::shared_ptr<const Model> model_;
    std::vector<MappedBlock> blocks_;
    std::vector<Scale> scales_;
};

}  // namespace earmark
