#pragma once

#include <torch/nn.h>

#include <vector>

#include "earmark/classifier.h"
#include "earmark/matrix.h"
#include "training/fit/batches.h"
#include "training/fit/tagging_module.h"
#include "training/recipe/seeds.h"

namespace earmark {

/// The classifier of step 3 as it is trained: dense layers with ReLU and dropout, and the labels. He-uniform
/// initialization.
class ClassifierNetwork : public TaggingModule {
public:
    /// Initializes the hidden layers from libtorch's generator; seed it first. Whatever the clip, the first outputs are
    /// `start` (one a label).
    ClassifierNetwork(std::size_t input_count, const std::vector<int>& hidden_units, const torch::Tensor& start,
                      double dropout, double input_dropout);

    /// `inputs` is clips x input_count, standardized.
    torch::Tensor forward(torch::Tensor inputs) override;

    /// One for each layer, for inference.
    std::vector<LayerWeights> layers() const;

private:
    std::vector<torch::nn::Linear> layers_;
    torch::nn::Dropout dropout_ = nullptr;
    torch::nn::Dropout input_dropout_ = nullptr;
};

/// Standardized embeddings, and the targets of the clips (step 3). Of a clip that has augmented copies, an epoch takes
/// one of them or the clip itself.
class EmbeddingBatches : public BatchSource {
public:
    /// `inputs` is clips x values, or several such matrices below each other; `targets` is clips x labels.
    EmbeddingBatches(torch::Tensor inputs, torch::Tensor targets, std::size_t batch_size)
        : inputs_(std::move(inputs)), targets_(std::move(targets)), batch_size_(batch_size) {}

    void start_epoch(std::uint64_t seed) override {
        order_ = shuffled(item_count(), seed);
        seed_ = seed;
        first_ = 0;
    }
    std::optional<Batch> next() override;
    std::size_t item_count() const override { return static_cast<std::size_t>(targets_.size(0)); }

private:
    std::int64_t input_row(std::uint32_t clip) const;

    torch::Tensor inputs_;
    torch::Tensor targets_;
    std::size_t batch_size_;
    std::vector<std::uint32_t> order_;
    std::uint64_t seed_ = 0;
    std::size_t first_ = 0;
};

}  // namespace earmark
