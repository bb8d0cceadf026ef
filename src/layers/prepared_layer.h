#pragma once

#include <cstddef>
#include <memory>
#include <span>

#include "earmark/network.h"
#include "earmark/precision.h"
#include "layers/bfloat16.h"

namespace earmark {

enum class Activation { none, relu };

/// A convolution over time, stride 1, 'same' padding: segments x frames x inputs -> segments x frames x filters.
struct ConvolutionShape {
    std::size_t segment_count = 0;
    std::size_t frame_count = 0;
    std::size_t input_count = 0;
    std::size_t filter_count = 0;
    std::size_t kernel_frames = 0;
};

/// A dense layer: rows x frames x inputs -> rows x outputs. The weights are laid out as outputs x inputs x frames
/// (PyTorch's flatten of inputs x frames).
struct DenseShape {
    std::size_t row_count = 0;
    std::size_t frame_count = 1;
    std::size_t input_count = 0;
    std::size_t output_count = 0;
};

/// A layer that is ready to run for one size of batch: weights laid out for this processor, memory for input and
/// output. No thread is started when it runs, and no memory of ours is allocated. This is all that other code sees of
/// oneDNN. A layer belongs to one thread at a time, which need not be the one that made it.
class PreparedLayer {
public:
    /// `weights` must outlive the layer, which need not copy them. Values are float or BFloat16, by `precision` (not
    /// automatic). Throws Error (usage) when this processor cannot run bfloat16.
    PreparedLayer(const ConvolutionShape& shape, const LayerWeights& weights, Activation activation,
                  Precision precision = Precision::float32);
    PreparedLayer(const DenseShape& shape, const LayerWeights& weights, Activation activation);
    PreparedLayer(PreparedLayer&&) noexcept;
    PreparedLayer& operator=(PreparedLayer&&) noexcept;
    ~PreparedLayer();

    /// The layer's own input, zeros at first, for run() without argument.
    template <typename Value = float>
    std::span<Value> input() noexcept {
        return {static_cast<Value*>(input_data()), input_size()};
    }
    template <typename Value = float>
    std::span<const Value> output() const noexcept {
        return {static_cast<const Value*>(output_data()), output_size()};
    }

    void run();
    /// The same from values in other memory. REQUIRES: as many as input() has.
    void run(std::span<const float> values);
    void run(std::span<const BFloat16> values);

private:
    void* input_data() noexcept;
    const void* output_data() const noexcept;
    std::size_t input_size() const noexcept;  ///< values
    std::size_t output_size() const noexcept;

    class Implementation;
    std::unique_ptr<Implementation> implementation_;
};

}  // namespace earmark
