#include "earmark/classifier.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <optional>
#include <utility>

#include "classifier/members.h"
#include "layers/prepared_layer.h"
#include "layers/sigmoid.h"

namespace earmark {
namespace {

// Clips run in blocks of this many, each block complete. Reading the weights takes the time, so that one clip alone
// costs about as much as a block.
constexpr std::size_t block_clips = 8;

// The hidden layers of one member, and which of the embedding's numbers they read.
struct Member {
    std::size_t first_input = 0;
    std::size_t input_count = 0;
    std::vector<LayerWeights> weights;  ///< its parts; empty where the classifier is not late-fused
    std::vector<PreparedLayer> layers;

    std::span<const float> run() {
        layers.front().run();
        for (std::size_t index = 1; index < layers.size(); ++index) layers[index].run(layers[index - 1].output());
        return layers.back().output();
    }
};

Member prepare_member(const ClassifierWeights& weights, const std::vector<LayerPart>& parts) {
    Member member{parts.front().first_column, parts.front().last_column - parts.front().first_column, {}, {}};
    const bool is_only = parts.front().first_row == 0 && parts.front().last_row == weights.layers.front().biases.size();
    member.weights.reserve(parts.size());  // the layers refer to them
    std::size_t column_count = weights.input_count();
    member.layers.reserve(parts.size());
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const DenseShape shape = {block_clips, 1, parts[i].last_column - parts[i].first_column,
                                  parts[i].last_row - parts[i].first_row};
        if (!is_only) member.weights.push_back(weights_of(weights.layers[i], column_count, parts[i]));
        member.layers.emplace_back(shape, is_only ? weights.layers[i] : member.weights.back(), Activation::relu);
        column_count = weights.layers[i].biases.size();
    }
    return member;
}

std::vector<Member> prepare_members(const ClassifierWeights& weights,
                                    const std::vector<std::vector<LayerPart>>& members_parts) {
    std::vector<Member> members;
    members.reserve(members_parts.size());
    for (const std::vector<LayerPart>& parts : members_parts) members.push_back(prepare_member(weights, parts));
    return members;
}

PreparedLayer prepare_last(const ClassifierWeights& weights) {
    assert(!weights.layers.empty());
    const LayerWeights& last = weights.layers.back();
    const DenseShape shape = {block_clips, 1, last.weights.size() / last.biases.size(), last.biases.size()};
    return {shape, last, Activation::none};
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
          whole_(prepare_members(*weights_, whole_of(*weights_))),
          last_(prepare_last(*weights_)) {
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
        std::vector<Member>& members = members_for(clip_count);
        Matrix result(clip_count, weights_->output_count());
        for (std::size_t first = 0; first < clip_count; first += block_clips) {
            const std::size_t count = std::min(block_clips, clip_count - first);
            for (std::size_t clip = 0; clip < count; ++clip) standardize(embeddings.row(first + clip), clip, members);
            run_layers(members);
            const auto block = result.rows(first, count);
            std::ranges::copy(last_.output().first(block.size()), block.begin());
        }
        return result;
    }

private:
    // For a few clips, to look for members and to copy them takes longer than to run the zeros between them.
    std::vector<Member>& members_for(std::size_t clip_count) {
        if (clip_count <= block_clips) return whole_;
        if (!members_) {
            const auto parts = members_of(*weights_);
            members_ = parts.size() > 1 ? prepare_members(*weights_, parts) : std::vector<Member>();
        }
        return members_->empty() ? whole_ : *members_;
    }

    void standardize(std::span<const float> embedding, std::size_t clip, std::vector<Member>& members) {
        if (members.empty()) standardize(embedding, clip, 0, embedding.size(), last_.input());
        for (Member& member : members)
            standardize(embedding, clip, member.first_input, member.input_count, member.layers.front().input());
    }

    // `count` numbers of the embedding, from `first` on, to the row of the clip.
    void standardize(std::span<const float> embedding, std::size_t clip, std::size_t first, std::size_t count,
                     std::span<float> rows) const {
        for (std::size_t i = 0; i < count; ++i) {
            rows[clip * count + i] =
                (embedding[first + i] - weights_->means[first + i]) / weights_->deviations[first + i];
        }
    }

    void run_layers(std::vector<Member>& members) {
        if (members.empty()) return last_.run();
        if (members.size() == 1) return last_.run(members.front().run());
        const std::size_t column_count = last_.input().size() / block_clips;
        std::size_t first = 0;
        for (Member& member : members) {
            const std::span<const float> outputs = member.run();
            const std::size_t count = outputs.size() / block_clips;
            for (std::size_t clip = 0; clip < block_clips; ++clip) {
                std::ranges::copy(outputs.subspan(clip * count, count),
                                  last_.input().subspan(clip * column_count + first, count).begin());
            }
            first += count;
        }
        last_.run();
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
    std::vector<Member> whole_;                   ///< one; none where there is no hidden layer
    std::optional<std::vector<Member>> members_;  ///< of late fusion, for many clips; empty where there is none
    PreparedLayer last_;
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
