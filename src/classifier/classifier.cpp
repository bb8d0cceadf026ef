#include "earmark/classifier.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

#include "layers/prepared_layer.h"
#include "layers/sigmoid.h"

namespace earmark {
namespace {

// Clips run in blocks of this many, each block complete. Reading the weights takes the time, so that one clip alone
// costs about as much as a block.
constexpr std::size_t block_clips = 8;

std::vector<PreparedLayer> prepare_layers(const ClassifierWeights& weights) {
    assert(!weights.layers.empty());
    std::vector<PreparedLayer> layers;
    std::size_t input_count = weights.input_count();
    for (const LayerWeights& layer : weights.layers) {
        const DenseShape shape = {block_clips, 1, input_count, layer.biases.size()};
        const bool is_last = &layer == &weights.layers.back();
        layers.emplace_back(shape, layer, is_last ? Activation::none : Activation::relu);
        input_count = shape.output_count;
    }
    return layers;
}

// The greatest value is subtracted first, so that no exp overflows.
void softmax(std::span<float> values) {
    const float greatest = *std::ranges::max_element(values);
    float sum = 0.0F;
    for (float& value : values) {
        value = std::exp(value - greatest);
        sum += value;
    }
    for (float& value : values) {
        value /= sum;
    }
}

}  // namespace

class Classifier::Implementation {
public:
    explicit Implementation(std::shared_ptr<const ClassifierWeights> weights)
        : weights_(std::move(weights)), layers_(prepare_layers(*weights_)) {
        assert(weights_->means.size() == weights_->deviations.size());
    }

    Matrix probabilities(const Matrix& embeddings) {
        Matrix result = logits(embeddings);
        to_probabilities(result);
        return result;
    }

    Matrix logits(const Matrix& embeddings) {
        assert(embeddings.column_count() == weights_->input_count());
        const std::size_t clip_count = embeddings.row_count();
        Matrix result(clip_count, weights_->output_count());
        for (std::size_t first = 0; first < clip_count; first += block_clips) {
            const std::size_t count = std::min(block_clips, clip_count - first);
            for (std::size_t clip = 0; clip < count; ++clip) {
                standardize(embeddings.row(first + clip), clip);
            }
            run_layers();
            const auto block = result.rows(first, count);
            std::ranges::copy(layers_.back().output().first(block.size()), block.begin());
        }
        return result;
    }

private:
    void standardize(std::span<const float> embedding, std::size_t clip) {
        const std::span<const float> means = weights_->means;
        const std::span<const float> deviations = weights_->deviations;
        const auto target = layers_.front().input().subspan(clip * means.size(), means.size());
        for (std::size_t index = 0; index < target.size(); ++index) {
            target[index] = (embedding[index] - means[index]) / deviations[index];
        }
    }

    void run_layers() {
        layers_.front().run();
        for (std::size_t index = 1; index < layers_.size(); ++index) {
            layers_[index].run(layers_[index - 1].output());
        }
    }

    void to_probabilities(Matrix& outputs) const {
        if (weights_->output == OutputKind::sigmoid) {
            std::ranges::transform(outputs.values(), outputs.values().begin(), sigmoid);
            return;
        }
        for (std::size_t clip = 0; clip < outputs.row_count(); ++clip) {
            softmax(outputs.row(clip));
        }
    }

    std::shared_ptr<const ClassifierWeights> weights_;
    std::vector<PreparedLayer> layers_;
};

Classifier::Classifier(std::shared_ptr<const ClassifierWeights> weights)
    : implementation_(std::make_unique<Implementation>(std::move(weights))) {}
Classifier::Classifier(ClassifierWeights weights)
    : Classifier(std::make_shared<const ClassifierWeights>(std::move(weights))) {}
Classifier::Classifier(Classifier&&) noexcept = default;
Classifier& Classifier::operator=(Classifier&&) noexcept = default;
Classifier::~Classifier() = default;

Matrix Classifier::probabilities(const Matrix& embeddings) { return implementation_->probabilities(embeddings); }

Matrix Classifier::logits(const Matrix& embeddings) { return implementation_->logits(embeddings); }

}  // namespace earmark
