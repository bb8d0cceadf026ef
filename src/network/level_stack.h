#pragma once

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <span>
#include <vector>

#include "earmark/matrix.h"
#include "earmark/network.h"
#include "layers/prepared_layer.h"
#include "network/pooling.h"

namespace earmark {

/// All levels of a network, for a block of segments, on float or BFloat16.
template <typename Value>
class LevelStack {
public:
    LevelStack(const NetworkArchitecture& architecture, std::size_t band_count, std::size_t block_segments,
               const NetworkWeights& weights)
        : maxima_(block_segments * architecture.feature_count()), feature_count_(architecture.feature_count()) {
        assert(weights.convolutions.size() == architecture.layers.size());
        auto frame_count = static_cast<std::size_t>(architecture.segment_frames);
        std::size_t input_count = band_count;
        for (std::size_t index = 0; index < architecture.layers.size(); ++index) {
            const ConvolutionLayer& layer = architecture.layers[index];
            const auto filter_count = static_cast<std::size_t>(layer.filter_count);
            const auto pool_frames = static_cast<std::size_t>(layer.pool_frames);
            const ConvolutionShape shape = {block_segments, frame_count, input_count, filter_count,
                                            static_cast<std::size_t>(layer.kernel_frames)};
            levels_.push_back({PreparedLayer(shape, weights.convolutions[index], Activation::relu, precision),
                               frame_count, filter_count, pool_frames});
            frame_count /= pool_frames;
            input_count = filter_count;
        }
        pooled_.resize(block_segments * levels_.back().pooled_size());
    }

    /// Runs `segment_count` segments, at most those of a block: segments * frames x mel_bands.
    void run(std::span<const float> segments, std::size_t segment_count) {
        std::span<const Value> values = first_input(segments);
        std::size_t column = 0;
        for (std::size_t index = 0; index < levels_.size(); ++index) {
            Level& level = levels_[index];
            const bool is_last = index + 1 == levels_.size();
            const std::span<Value> pooled =
                is_last ? std::span(pooled_) : levels_[index + 1].convolution.template input<Value>();
            level.convolution.run(values);
            pool(level, segment_count, column, pooled);
            column += level.filter_count;
            values = pooled;
        }
    }

    /// Of the last run: feature_count() maxima of one segment, level after level.
    std::span<const Value> maxima(std::size_t segment) const {
        return std::span(maxima_).subspan(segment * feature_count_, feature_count_);
    }

    /// Of the last run: the last level after pooling, for the whole block.
    std::span<const Value> pooled() const { return pooled_; }

    std::size_t level_count() const { return levels_.size(); }
    std::size_t frame_count(std::size_t level) const { return levels_[level].frame_count; }
    std::size_t filter_count(std::size_t level) const { return levels_[level].filter_count; }

    /// Of the last run: one level before pooling, for the whole block.
    std::span<const Value> activation(std::size_t level) const {
        return levels_[level].convolution.template output<Value>();
    }

private:
    static constexpr Precision precision = std::is_same_v<Value, BFloat16> ? Precision::bfloat16 : Precision::float32;

    struct Level {
        PreparedLayer convolution;
        std::size_t frame_count;
        std::size_t filter_count;
        std::size_t pool_frames;

        std::size_t activation_size() const { return frame_count * filter_count; }
        std::size_t pooled_size() const { return frame_count / pool_frames * filter_count; }
    };

    /// What is past the segments of a block that is not full are older values, of no meaning.
    std::span<const Value> first_input(std::span<const float> segments) {
        const std::span<Value> input = levels_.front().convolution.template input<Value>();
        if constexpr (std::is_same_v<Value, float>) {
            if (segments.size() == input.size()) return segments;
        }
        copy_values(segments, input.first(segments.size()));
        return input;
    }

    void pool(const Level& level, std::size_t segment_count, std::size_t column, std::span<Value> pooled) {
        const std::span<const Value> activation = level.convolution.template output<Value>();
        for (std::size_t segment = 0; segment < segment_count; ++segment) {
            pool_segment(activation.subspan(segment * level.activation_size(), level.activation_size()),
                         level.pool_frames, pooled.subspan(segment * level.pooled_size(), level.pooled_size()),
                         std::span(maxima_).subspan(segment * feature_count_ + column, level.filter_count));
        }
    }

    std::vector<Level> levels_;
    std::vector<Value> maxima_;  ///< segments x feature_count_
    std::size_t feature_count_;
    std::vector<Value> pooled_;
};

}  // namespace earmark
