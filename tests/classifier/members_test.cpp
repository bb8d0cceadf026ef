// A late-fused classifier: each member reads its part of the embedding.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <span>
#include <vector>

#include "earmark/classifier.h"
#include "tests/support/small_model.h"

namespace earmark {
namespace {

using Values = std::vector<double>;

// Members with 5 and 7 inputs, layers of 4 and 3 units and of 6 and 2, and behind them layers of 6 and 4 units.
ClassifierWeights late_fused() {
    Lcg lcg(3);
    ClassifierWeights weights;
    weights.means.assign(12, 0.5F);
    weights.deviations.assign(12, 2.0F);
    weights.members = {{5, {formula_layer(lcg, 4, 5), formula_layer(lcg, 3, 4)}},
                       {7, {formula_layer(lcg, 6, 7), formula_layer(lcg, 2, 6)}}};
    weights.layers = {formula_layer(lcg, 6, 5), formula_layer(lcg, 4, 6)};
    return weights;
}

// Outputs of one block below those of the one before; inputs side by side, zeros elsewhere.
LayerWeights block_diagonal(const std::vector<LayerWeights>& blocks) {
    std::size_t column_count = 0;
    for (const LayerWeights& block : blocks) column_count += block.weights.size() / block.biases.size();
    LayerWeights layer;
    std::size_t first_column = 0;
    for (const LayerWeights& block : blocks) {
        const std::size_t count = block.weights.size() / block.biases.size();
        for (std::size_t row = 0; row < block.biases.size(); ++row) {
            std::vector<float> values(column_count, 0.0F);
            for (std::size_t i = 0; i < count; ++i) values[first_column + i] = block.weights[row * count + i];
            layer.weights.insert(layer.weights.end(), values.begin(), values.end());
        }
        layer.biases.insert(layer.biases.end(), block.biases.begin(), block.biases.end());
        first_column += count;
    }
    return layer;
}

Values run(const LayerWeights& layer, const Values& values, bool has_relu) {
    Values outputs(layer.biases.begin(), layer.biases.end());
    for (std::size_t row = 0; row < outputs.size(); ++row) {
        for (std::size_t i = 0; i < values.size(); ++i)
            outputs[row] += layer.weights[row * values.size() + i] * values[i];
        if (has_relu) outputs[row] = std::max(outputs[row], 0.0);
    }
    return outputs;
}

// Number by number, in double precision.
Values plain_logits(const ClassifierWeights& weights, std::span<const float> embedding) {
    Values standardized;
    for (std::size_t i = 0; i < embedding.size(); ++i)
        standardized.push_back((embedding[i] - weights.means[i]) / weights.deviations[i]);
    Values joined;
    auto first = standardized.begin();
    for (const ClassifierMember& member : weights.members) {
        Values values(first, first + static_cast<std::ptrdiff_t>(member.input_count));
        first += static_cast<std::ptrdiff_t>(member.input_count);
        for (const LayerWeights& layer : member.layers) values = run(layer, values, true);
        joined.insert(joined.end(), values.begin(), values.end());
    }
    for (const LayerWeights& layer : weights.layers) joined = run(layer, joined, &layer != &weights.layers.back());
    return joined;
}

// One clip, some, and more than are computed at once.
class Members : public testing::TestWithParam<std::size_t> {};

TEST_P(Members, read_their_parts_of_the_embedding_and_are_joined) {
    const ClassifierWeights weights = late_fused();
    const Matrix clips = Lcg(6).matrix(2.0F, GetParam(), 12);
    const Matrix logits = Classifier(weights).logits(clips);
    for (std::size_t clip = 0; clip < clips.row_count(); ++clip) {
        const Values expected = plain_logits(weights, clips.row(clip));
        for (std::size_t i = 0; i < expected.size(); ++i) EXPECT_NEAR(logits(clip, i), expected[i], 1e-5) << clip;
    }
}

INSTANTIATE_TEST_SUITE_P(Clips, Members, testing::Values(1U, 3U, 8U, 11U));

// As files before format version 5 have it.
TEST(WholeLayers, with_zeros_between_the_members_give_the_same) {
    const ClassifierWeights members = late_fused();
    ClassifierWeights whole = members;
    whole.members.clear();
    whole.layers.insert(whole.layers.begin(), 2, {});
    for (std::size_t layer = 0; layer < 2; ++layer) {
        const LayerWeights& first = members.members[0].layers[layer];
        const LayerWeights& second = members.members[1].layers[layer];
        whole.layers[layer] = block_diagonal({first, second});
    }
    const Matrix clips = Lcg(6).matrix(2.0F, 9, 12);
    const Matrix expected = Classifier(whole).logits(clips);
    const Matrix logits = Classifier(members).logits(clips);
    for (std::size_t i = 0; i < expected.values().size(); ++i)
        EXPECT_NEAR(logits.values()[i], expected.values()[i], 1e-5F) << i;
}

}  // namespace
}  // namespace earmark
