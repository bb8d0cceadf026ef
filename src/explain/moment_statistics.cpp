#include "explain/moment_statistics.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

#include "base/mean_deviation.h"

namespace earmark {

MomentStatistics::MomentStatistics(std::shared_ptr<const Model> model)
    : model_(std::move(model)), blocks_(map_embedding(*model_)), scales_(model_->architectures.size()) {}

void MomentStatistics::add(const SegmentMaxima& segment) {
    Scale& scale = scales_[segment.scale];
    if (!segment.is_audible && scale.sound_seen) return;
    if (segment.is_audible && !scale.sound_seen) scale = {};
    scale.sound_seen = segment.is_audible;
    const double middle_frame = static_cast<double>(segment.first_frame) +
                                static_cast<double>(model_->architectures[segment.scale].segment_frames) / 2.0;
    scale.middles_s.push_back(middle_frame / model_->spectrogram.frames_per_second());
    scale.values.insert(scale.values.end(), segment.values.begin(), segment.values.end());
}

// The middle of a last segment may be behind the last sample.
void MomentStatistics::finish(double duration_s) {
    for (Scale& scale : scales_) {
        assert(!scale.middles_s.empty());
        for (double& middle_s : scale.middles_s) middle_s = std::min(middle_s, std::nextafter(duration_s, 0.0));
        scale.all = scale.group(0, scale.middles_s.size());
    }
}

void MomentStatistics::reset() { std::ranges::fill(scales_, Scale{}); }

MomentStatistics::Group MomentStatistics::Scale::group(std::size_t first, std::size_t end) const {
    const std::size_t columns = column_count();
    Group group{0, std::vector<double>(columns), std::vector<double>(columns)};
    for (std::size_t segment = first; segment < end; ++segment) {
        const double share = 1.0 / static_cast<double>(++group.count);
        const float* row = values.data() + segment * columns;
        for (std::size_t i = 0; i < columns; ++i)
            add_to_spread(static_cast<double>(row[i]), share, group.means[i], group.squares[i]);
    }
    return group;
}

// Middles are in the order of time.
MomentStatistics::Group MomentStatistics::Scale::moment(double start_s, double end_s) const {
    const auto first = std::ranges::lower_bound(middles_s, start_s) - middles_s.begin();
    const auto end = std::ranges::lower_bound(middles_s, end_s) - middles_s.begin();
    return group(static_cast<std::size_t>(first), static_cast<std::size_t>(end));
}

// Chan, Golub and LeVeque (1979), solved for one of the two groups. Rounding may leave a little less than 0.
MomentStatistics::Group MomentStatistics::difference(const Group& all, const Group& taken) {
    Group rest{all.count - taken.count, std::vector<double>(all.means.size()), std::vector<double>(all.means.size())};
    if (rest.count == 0) return rest;
    const auto all_count = static_cast<double>(all.count);
    const auto taken_count = static_cast<double>(taken.count);
    const auto rest_count = static_cast<double>(rest.count);
    for (std::size_t i = 0; i < all.means.size(); ++i) {
        rest.means[i] = (all.means[i] * all_count - taken.means[i] * taken_count) / rest_count;
        const double distance = rest.means[i] - taken.means[i];
        const double between = distance * distance * taken_count * rest_count / all_count;
        rest.squares[i] = std::max(0.0, all.squares[i] - taken.squares[i] - between);
    }
    return rest;
}

std::optional<std::vector<float>> MomentStatistics::embedding_without(double start_s, double end_s) const {
    std::vector<Group> rests;
    bool is_empty = true;
    for (const Scale& scale : scales_) {
        const Group taken = scale.moment(start_s, end_s);
        is_empty = is_empty && taken.count == 0;
        rests.push_back(taken.count == 0 ? scale.all : difference(scale.all, taken));
    }
    if (is_empty) return std::nullopt;
    std::vector<float> embedding = model_->classifier.means;
    for (const MappedBlock& block : blocks_) {
        const Group& rest = rests[block.cell.scale];
        if (rest.count == 0) continue;
        for (std::size_t i = 0; i < block.count; ++i) {
            const std::size_t column = block.column + i;
            embedding[block.first + i] = static_cast<float>(
                block.statistic == Statistic::mean ? rest.means[column]
                                                   : std::sqrt(rest.squares[column] / static_cast<double>(rest.count)));
        }
    }
    return embedding;
}

std::vector<double> MomentStatistics::means(std::size_t scale, double start_s, double end_s) const {
    Group group = scales_[scale].moment(start_s, end_s);
    return group.count == 0 ? std::vector<double>() : std::move(group.means);
}

}  // namespace earmark
