#include "earmark/network.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <memory>
#include <optional>
#include <utility>
#include <variant>

#include "layers/sigmoid.h"
#include "network/level_stack.h"

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

// The layers behind the levels: always on floats, and only prepared when the local model is asked for.
class LocalOutput {
public:
    LocalOutput(const NetworkArchitecture& architecture, std::size_t block_segments, const LayerWeights& dense,
                const LayerWeights& output)
        : dense_(DenseShape{block_segments, size(architecture.output_frames()),
                            size(architecture.layers.back().filter_count), dense.biases.size()},
                 dense, Activation::relu),
          output_(DenseShape{block_segments, 1, dense.biases.size(), output.biases.size()}, output, Activation::none) {}

    std::span<float> input() { return dense_.input(); }

    // Segments x dense units.
    std::span<const float> run_dense() {
        dense_.run();
        return dense_.output();
    }

    // Logits, segments x tags.
    std::span<const float> run() {
        output_.run(run_dense());
        return output_.output();
    }

private:
    PreparedLayer dense_;
    PreparedLayer output_;
};

// What Network does, on float or BFloat16.
template <typename Value>
class Runner {
public:
    Runner(const NetworkArchitecture& architecture, int mel_band_count, std::shared_ptr<const NetworkWeights> weights)
        : architecture_(architecture),
          block_segments_(block_segment_count(size(architecture.segment_frames))),
          segment_size_(size(architecture.segment_frames) * size(mel_band_count)),
          weights_(std::move(weights)),
          levels_(architecture, size(mel_band_count), block_segments_, *weights_),
          maxima_(architecture.feature_count()) {}

    void visit_level_maxima(std::span<const float> segments, const Network::SegmentVisitor& visit) {
        for_each_block(segments, [&](std::size_t, std::size_t count) {
            for (std::size_t i = 0; i < count; ++i) {
                copy_values(levels_.maxima(i), std::span(maxima_));
                visit(maxima_);
            }
        });
    }

    std::vector<Matrix> activations(std::span<const float> segments) {
        std::vector<Matrix> result;
        for (std::size_t level = 0; level < levels_.level_count(); ++level) {
            result.emplace_back(segment_count(segments) * levels_.frame_count(level), levels_.filter_count(level));
        }
        for_each_block(segments, [&](std::size_t first, std::size_t count) {
            for (std::size_t level = 0; level < levels_.level_count(); ++level) {
                const std::size_t frame_count = levels_.frame_count(level);
                const auto block = result[level].rows(first * frame_count, count * frame_count);
                copy_values(levels_.activation(level).first(block.size()), block);
            }
        });
        return result;
    }

    Matrix dense_outputs(std::span<const float> segments) {
        Matrix result(segment_count(segments), weights_->dense.biases.size());
        for_each_block(segments, [&](std::size_t first, std::size_t count) {
            const auto block = result.rows(first, count);
            std::ranges::copy(local_output().run_dense().first(block.size()), block.begin());
        });
        return result;
    }

    Matrix probabilities(std::span<const float> segments) {
        Matrix result(segment_count(segments), weights_->output.biases.size());
        for_each_block(segments, [&](std::size_t first, std::size_t count) {
            const auto block = result.rows(first, count);
            std::ranges::transform(local_output().run().first(block.size()), block.begin(), sigmoid);
        });
        return result;
    }

private:
    std::size_t segment_count(std::span<const float> segments) const {
        assert(segments.size() % segment_size_ == 0);
        return segments.size() / segment_size_;
    }

    // On the last level of the block that was run.
    LocalOutput& local_output() {
        if (!local_output_) local_output_.emplace(architecture_, block_segments_, weights_->dense, weights_->output);
        copy_values(levels_.pooled(), local_output_->input());
        return *local_output_;
    }

    // Runs all levels on each block of segments, then calls visit(first segment, count).
    template <typename Visitor>
    void for_each_block(std::span<const float> segments, Visitor&& visit) {
        const std::size_t total = segment_count(segments);
        for (std::size_t first = 0; first < total; first += block_segments_) {
            const std::size_t count = std::min(block_segments_, total - first);
            levels_.run(segments.subspan(first * segment_size_, count * segment_size_), count);
            visit(first, count);
        }
    }

    NetworkArchitecture architecture_;
    std::size_t block_segments_;
    std::size_t segment_size_;
    std::shared_ptr<const NetworkWeights> weights_;
    LevelStack<Value> levels_;
    std::vector<float> maxima_;  ///< of one segment
    std::optional<LocalOutput> local_output_;
};

using AnyRunner = std::variant<Runner<float>, Runner<BFloat16>>;

AnyRunner make_runner(const NetworkArchitecture& architecture, int mel_band_count,
                      std::shared_ptr<const NetworkWeights> weights, Precision precision) {
    if (resolved(precision) == Precision::bfloat16) {
        return Runner<BFloat16>(architecture, mel_band_count, std::move(weights));
    }
    return Runner<float>(architecture, mel_band_count, std::move(weights));
}

}  // namespace

class Network::Implementation {
public:
    AnyRunner runner;
};

Network::Network(const NetworkArchitecture& architecture, int mel_band_count,
                 std::shared_ptr<const NetworkWeights> weights, Precision precision)
    : implementation_(new Implementation{make_runner(architecture, mel_band_count, std::move(weights), precision)}) {}
Network::Network(const NetworkArchitecture& architecture, int mel_band_count, NetworkWeights weights,
                 Precision precision)
    : Network(architecture, mel_band_count, std::make_shared<const NetworkWeights>(std::move(weights)), precision) {}
Network::Network(Network&&) noexcept = default;
Network& Network::operator=(Network&&) noexcept = default;
Network::~Network() = default;

void Network::visit_level_maxima(std::span<const float> segments, const SegmentVisitor& visit) {
    std::visit([&](auto& runner) { runner.visit_level_maxima(segments, visit); }, implementation_->runner);
}

std::vector<Matrix> Network::activations(std::span<const float> segments) {
    return std::visit([&](auto& runner) { return runner.activations(segments); }, implementation_->runner);
}

Matrix Network::dense_outputs(std::span<const float> segments) {
    return std::visit([&](auto& runner) { return runner.dense_outputs(segments); }, implementation_->runner);
}

Matrix Network::probabilities(std::span<const float> segments) {
    return std::visit([&](auto& runner) { return runner.probabilities(segments); }, implementation_->runner);
}

}  // namespace earmark
