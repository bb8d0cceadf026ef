#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "earmark/export.h"
#include "earmark/matrix.h"
#include "earmark/precision.h"
#include "earmark/weight_vector.h"

namespace earmark {

// The structs are plain values: const access is thread-safe.

/// One level of a network (Lee & Nam 2017, arXiv 1703.01793): convolution over time ('same' padding, stride 1; an even
/// kernel has its extra frame of padding at the end, as in PyTorch and Keras), batch normalization, ReLU, max pooling.
/// In a trained network the batch normalization is folded into the convolution.
struct EARMARK_EXPORT ConvolutionLayer {
    int kernel_frames = 3;   ///< within [1, 100 000]
    int filter_count = 128;  ///< within [1, 65 536]
    int pool_frames = 3;     /**< width and stride of the pooling; frames that do not fill a last window are left out;
                                  from 1 to the frames that are left before it */

    bool operator==(const ConvolutionLayer&) const = default;
};

/// The local network of one scale: a stack of levels, then a dense layer with ReLU and a sigmoid output for each tag.
struct EARMARK_EXPORT NetworkArchitecture {
    int segment_frames = 27;               ///< within [1, 100 000]
    std::vector<ConvolutionLayer> layers;  ///< 1 to 64 levels
    int dense_unit_count = 256;            ///< within [1, 65 536]

    /// Sum of filter_count: the numbers that this network adds to the embedding.
    std::size_t feature_count() const noexcept;

    /// Frames that are left after all pooling.
    int output_frames() const noexcept;

    /// Throws Error (usage) that names the field when a value is out of range or pooling leaves no frame.
    void check() const;

    bool operator==(const NetworkArchitecture&) const = default;
};

/// Weights of a convolution (filters x inputs x kernel_frames) or of a dense layer (outputs x inputs), as PyTorch lays
/// them out, and one bias for each output.
struct EARMARK_EXPORT LayerWeights {
    WeightVector weights;
    std::vector<float> biases;
};

/// Weights of one network, batch normalization folded in. The input of `dense` is the last level after pooling, filter
/// after filter and frame after frame within a filter (filters x frames, PyTorch's flatten).
struct EARMARK_EXPORT NetworkWeights {
    std::vector<LayerWeights> convolutions;
    LayerWeights dense;
    LayerWeights output;
};

/// A trained local network, ready to run with oneDNN. Construction prepares the weights for this processor. An object
/// holds its scratch memory: it belongs to one thread at a time.
class EARMARK_EXPORT Network {
public:
    /// Weights that this processor runs as they are stay shared, the others are laid out anew. REQUIRES:
    /// architecture.check() passes and the weights have its shapes. Throws Error (usage) when this processor cannot run
    /// bfloat16 at all; the functions throw none.
    Network(const NetworkArchitecture& architecture, int mel_band_count, std::shared_ptr<const NetworkWeights> weights,
            Precision precision = Precision::float32);
    Network(const NetworkArchitecture& architecture, int mel_band_count, NetworkWeights weights,
            Precision precision = Precision::float32);
    Network(Network&&) noexcept;
    Network& operator=(Network&&) noexcept;
    ~Network();

    /// `segments` is (segments * segment_frames) x mel_bands, normalized, one segment after the other; all run as one
    /// batch. Calls `visit` for each segment with the maximum over its time of every filter of every level after ReLU,
    /// first level first: feature_count() values, valid until the visitor returns. REQUIRES, as all below: a multiple
    /// of segment_frames rows.
    using SegmentVisitor = std::function<void(std::span<const float> maxima)>;
    void visit_level_maxima(std::span<const float> segments, const SegmentVisitor& visit);

    /// The activations of which visit_level_maxima gives the maxima: for each level, (segments * frames of the level) x
    /// filters, after ReLU and before pooling. They show when in a segment a filter is active; tagging does not need
    /// them.
    std::vector<Matrix> activations(std::span<const float> segments);

    /// The outputs of the dense layer after ReLU, from which the local model predicts: segments x dense_unit_count.
    Matrix dense_outputs(std::span<const float> segments);

    /// The local model's own probabilities, segments x tags, each within [0, 1].
    Matrix probabilities(std::span<const float> segments);

private:
    class Implementation;
    std::unique_ptr<Implementation> implementation_;
};

}  // namespace earmark
