#include "earmark/network.h"

#include <algorithm>
#include <bit>
#include <cassert>

#include "network/pooling.h"
#include "network/prepared_layer.h"
#include "network/sigmoid.h"

namespace earmark {
namespace {

// Segments run in blocks of about this many frames. Every layer is then prepared for one size of batch only, memory
// does not grow with the clip, and a block's activations stay in the processor's second-level cache. Measured: from 4
// segments on, more in a block is no faster.
constexpr std::size_t block_frames = 256;
constexpr std::size_t max_block_segments = 64;

std::size_t block_segment_count(std::size_t segment_frames) {
    return std::bit_floor(std::clamp<std::size_t>(block_frames / segment_frames, 1, max_block_segments));
}

std::size_t size(int count) { return static_cast<std::size_t>(count); }

// One level, for a block of segments.
struct Level {
    PreparedLayer convolution;
    std::size_t frame_count;
    std::size_t filter_count;
    std::size_t pool_frames;

    std::size_t activation_size() const { return frame_count * filter_count; }
    std::size_t pooled_size() const { return frame_count / pool_frames * filter_count; }
};

}  // namespace

class Network::Implementation {
public:
    Implementation(const NetworkArchitecture& architecture, int mel_band_count, const NetworkWeights& weights)
        : architecture_(architecture),
          segment_frames_(size(architecture.segment_frames)),
          band_count_(size(mel_band_count)),
          block_segments_(block_segment_count(segment_frames_)),
          levels_(prepare_levels(size(mel_band_count), weights)),
          dense_(DenseShape{block_segments_, size(architecture.output_frames()), levels_.back().filter_count,
                            size(architecture.dense_unit_count)},
                 weights.dense, Activation::relu),
          output_(DenseShape{block_segments_, 1, size(architecture.dense_unit_count), weights.output.biases.size()},
                  weights.output, Activation::none),
          maxima_(block_segments_, architecture.feature_count()) {}

    const NetworkArchitecture& architecture() const { return architecture_; }

    Matrix level_maxima(std::span<const float> segments) {
        Matrix result(segment_count(segments), maxima_.column_count());
        for_each_block(segments, [&](std::size_t first, std::size_t count) {
            std::ranges::copy(maxima_.rows(0, count), result.rows(first, count).begin());
        });
        return result;
    }

    std::vector<Matrix> activations(std::span<const float> segments) {
        std::vector<Matrix> result;
        for (const Level& level : levels_) {
            result.emplace_back(segment_count(segments) * level.frame_count, level.filter_count);
        }
        for_each_block(segments, [&](std::size_t first, std::size_t count) {
            for (std::size_t index = 0; index < levels_.size(); ++index) {
                const Level& level = levels_[index];
                const auto block = level.convolution.output().first(count * level.activation_size());
                std::ranges::copy(block, result[index].values().begin() + first * level.activation_size());
            }
        });
        return result;
    }

    Matrix probabilities(std::span<const float> segments) {
        Matrix result(segment_count(segments), output_.output().size() / block_segments_);
        for_each_block(segments, [&](std::size_t first, std::size_t count) {
            dense_.run();
            output_.run(dense_.output());
            const auto block = result.rows(first, count);
            std::ranges::transform(output_.output().first(block.size()), block.begin(), sigmoid);
        });
        return result;
    }

private:
    std::vector<Level> prepare_levels(std::size_t input_count, const NetworkWeights& weights) const {
        assert(weights.convolutions.size() == architecture_.layers.size());
        std::vector<Level> levels;
        std::size_t frame_count = segment_frames_;
        for (std::size_t index = 0; index < architecture_.layers.size(); ++index) {
            const ConvolutionLayer& layer = architecture_.layers[index];
            const ConvolutionShape shape = {block_segments_, frame_count, input_count, size(layer.filter_count),
                                            size(layer.kernel_frames)};
            levels.push_back({PreparedLayer(shape, weights.convolutions[index], Activation::relu), frame_count,
                              shape.filter_count, size(layer.pool_frames)});
            frame_count /= size(layer.pool_frames);
            input_count = shape.filter_count;
        }
        return levels;
    }

    std::size_t segment_size() const { return segment_frames_ * band_count_; }

    std::size_t segment_count(std::span<const float> segments) const {
        assert(segments.size() % segment_size() == 0);
        return segments.size() / segment_size();
    }

    // Runs all levels on each block of segments, then calls visit(first segment, count): the levels' outputs, maxima_
    // and dense_.input() then hold `count` segments. Past those of the last block lie older, meaningless ones.
    template <typename Visitor>
    void for_each_block(std::span<const float> segments, Visitor&& visit) {
        const std::size_t total = segment_count(segments);
        for (std::size_t first = 0; first < total; first += block_segments_) {
            const std::size_t count = std::min(block_segments_, total - first);
            run_levels(segments.subspan(first * segment_size(), count * segment_size()), count);
            visit(first, count);
        }
    }

    void run_levels(std::span<const float> values, std::size_t count) {
        PreparedLayer& first = levels_.front().convolution;
        if (values.size() < first.input().size()) {
            std::ranges::copy(values, first.input().begin());
            values = first.input();
        }
        std::size_t column = 0;
        for (std::size_t index = 0; index < levels_.size(); ++index) {
            Level& level = levels_[index];
            const auto pooled = index + 1 < levels_.size() ? levels_[index + 1].convolution.input() : dense_.input();
            level.convolution.run(values);
            pool(level, count, column, pooled);
            column += level.filter_count;
            values = pooled;
        }
    }

    void pool(const Level& level, std::size_t count, std::size_t column, std::span<float> pooled) {
        for (std::size_t segment = 0; segment < count; ++segment) {
            pool_segment(level.convolution.output().subspan(segment * level.activation_size(), level.activation_size()),
                         level.pool_frames, pooled.subspan(segment * level.pooled_size(), level.pooled_size()),
                         maxima_.row(segment).subspan(column, level.filter_count));
        }
    }

    NetworkArchitecture architecture_;
    std::size_t segment_frames_;
    std::size_t band_count_;
    std::size_t block_segments_;
    std::vector<Level> levels_;
    PreparedLayer dense_;
    PreparedLayer output_;
    Matrix maxima_;  // of one block: segments x feature_count()
};

Network::Network(const NetworkArchitecture& architecture, int mel_band_count, const NetworkWeights& weights)
    : implementation_(std::make_unique<Implementation>(architecture, mel_band_count, weights)) {}
Network::Network(Network&&) noexcept = default;
Network& Network::operator=(Network&&) noexcept = default;
Network::~Network() = default;

const NetworkArchitecture& Network::architecture() const noexcept { return implementation_->architecture(); }

Matrix Network::level_maxima(std::span<const float> segments) { return implementation_->level_maxima(segments); }

std::vector<Matrix> Network::activations(std::span<const float> segments) { return implementation_->activations(segments); }

Matrix Network::probabilities(std::span<const float> segments) { return implementation_->probabilities(segments); }

}  // namespace earmark
