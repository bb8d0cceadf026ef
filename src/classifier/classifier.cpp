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

// Dense layers that follow each other, ready to run.
class Stack {
public:
    // ReLU follows each layer but, if `is_last`, the last one.
    Stack(std::size_t input_count, const std::vector<LayerWeights>& weights, bool is_last) {
        layers_.reserve(weights.size());
        for (const LayerWeights& layer : weights) {
            const DenseShape shape = {block_clips, 1, input_count, layer.biases.size()};
            const bool has_relu = !is_last || &layer != &weights.back();
            layers_.emplace_back(shape, layer, has_relu ? Activation::relu : Activation::none);
            input_count = layer.biases.size();
        }
    }

    /// block_clips rows.
    std::span<float> input() { return layers_.front().input(); }

    std::span<const float> run() {
        layers_.front().run();
        for (std::size_t index = 1; index < layers_.size(); ++index) layers_[index].run(layers_[index - 1].output());
        return layers_.back().output();
    }

private:
    std::vector<PreparedLayer> layers_;
};

std::vector<Stack> prepare_members(const ClassifierWeights& weights) {
    std::vector<Stack> members;
    members.reserve(weights.members.size());
    for (const ClassifierMember& member : weights.members)
        members.emplace_back(member.input_count, member.layers, false);
    return members;
}

// What the layers behind the members read, or the embedding.
std::size_t joined_count(const ClassifierWeights& weights) {
    if (weights.members.empty()) return weights.input_count();
    std::size_t count = 0;
    for (const ClassifierMember& member : weights.members) count += member.layers.back().biases.size();
    return count;
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
        : weights_(std::move(weights)),
          members_(prepare_members(*weights_)),
          layers_(joined_count(*weights_), weights_->layers, true) {
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
            for (std::size_t clip = 0; clip < count; ++clip) standardize(embeddings.row(first + clip), clip);
            run_members();
            const auto block = result.rows(first, count);
            std::ranges::copy(layers_.run().first(block.size()), block.begin());
        }
        return result;
    }

private:
    void standardize(std::span<const float> embedding, std::size_t clip) {
        if (members_.empty()) standardize(embedding, 0, row_of(layers_.input(), clip));
        std::size_t first = 0;
        for (Stack& member : members_) {
            const std::span<float> row = row_of(member.input(), clip);
            standardize(embedding, first, row);
            first += row.size();
        }
    }

    // As many numbers of the embedding as the row has, from `first` on.
    void standardize(std::span<const float> embedding, std::size_t first, std::span<float> row) const {
        for (std::size_t i = 0; i < row.size(); ++i)
            row[i] = (embedding[first + i] - weights_->means[first + i]) / weights_->deviations[first + i];
    }

    // Their outputs side by side are the input of the layers behind them.
    void run_members() {
        std::size_t first = 0;
        for (Stack& member : members_) {
            const std::span<const float> outputs = member.run();
            const std::size_t count = outputs.size() / block_clips;
            for (std::size_t clip = 0; clip < block_clips; ++clip) {
                std::ranges::copy(row_of(outputs, clip), row_of(layers_.input(), clip).subspan(first, count).begin());
            }
            first += count;
        }
    }

    // Of values that have block_clips rows.
    template <typename Value>
    static std::span<Value> row_of(std::span<Value> values, std::size_t row) {
        const std::size_t count = values.size() / block_clips;
        return values.subspan(row * count, count);
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
    std::vector<Stack> members_;
    Stack layers_;
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
