// A late-fused classifier, whose members are joined with zeros between them, runs as its members.
#include "classifier/members.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/small_model.h"

namespace earmark {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

using Parts = std::vector<LayerPart>;

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

// Members with 5 and 7 inputs, hidden layers of 4 and 6, then of 3 and 2 units, and an output that reads both.
ClassifierWeights late_fused() {
    Lcg lcg(3);
    ClassifierWeights weights;
    weights.means.assign(12, 0.5F);
    weights.deviations.assign(12, 2.0F);
    weights.layers.push_back(block_diagonal({formula_layer(lcg, 4, 5), formula_layer(lcg, 6, 7)}));
    weights.layers.push_back(block_diagonal({formula_layer(lcg, 3, 4), formula_layer(lcg, 2, 6)}));
    weights.layers.push_back(formula_layer(lcg, 4, 5));
    return weights;
}

// As written in the paper: every layer whole, with its zeros.
std::vector<double> plain_logits(const ClassifierWeights& weights, std::span<const float> embedding) {
    std::vector<double> values;
    for (std::size_t i = 0; i < embedding.size(); ++i)
        values.push_back((embedding[i] - weights.means[i]) / weights.deviations[i]);
    for (const LayerWeights& layer : weights.layers) {
        std::vector<double> outputs(layer.biases.begin(), layer.biases.end());
        for (std::size_t row = 0; row < outputs.size(); ++row) {
            for (std::size_t i = 0; i < values.size(); ++i)
                outputs[row] += layer.weights[row * values.size() + i] * values[i];
            if (&layer != &weights.layers.back()) outputs[row] = std::max(outputs[row], 0.0);
        }
        values = outputs;
    }
    return values;
}

void expect_plain_logits(const ClassifierWeights& weights) {
    const Matrix clips = Lcg(6).matrix(2.0F, 11, 12);
    const Matrix logits = Classifier(weights).logits(clips);
    for (std::size_t clip = 0; clip < clips.row_count(); ++clip) {
        const std::vector<double> expected = plain_logits(weights, clips.row(clip));
        for (std::size_t i = 0; i < expected.size(); ++i) EXPECT_NEAR(logits(clip, i), expected[i], 1e-5) << clip;
    }
}

TEST(Members, of_late_fusion_are_found_by_the_zeros_between_them) {
    EXPECT_THAT(members_of(late_fused()),
                ElementsAre(Parts{{0, 4, 0, 5}, {0, 3, 0, 4}}, Parts{{4, 10, 5, 12}, {3, 5, 4, 10}}));
}

TEST(Members, of_late_fusion_give_what_the_whole_layers_give) { expect_plain_logits(late_fused()); }

TEST(Members, may_have_zeros_of_their_own) {
    ClassifierWeights weights = late_fused();
    for (std::size_t row = 0; row < 4; ++row) weights.layers[0].weights[row * 12 + 4] = 0.0F;
    for (std::size_t row = 3; row < 5; ++row) weights.layers[1].weights[row * 10 + 4] = 0.0F;
    EXPECT_EQ(members_of(weights).size(), 2U);
    expect_plain_logits(weights);
}

TEST(Members, of_a_classifier_without_zeros_are_one) {
    const ClassifierWeights weights = formula_classifier(12, {9, 7, 4}, 2);
    EXPECT_THAT(members_of(weights), ElementsAre(Parts{{0, 9, 0, 12}, {0, 7, 0, 9}}));
}

TEST(Members, that_a_later_layer_connects_are_one) {
    ClassifierWeights weights = late_fused();
    weights.layers[1].weights[9] = 0.25F;
    EXPECT_EQ(members_of(weights).size(), 1U);
    expect_plain_logits(weights);
}

TEST(Members, with_a_unit_that_reads_nothing_are_one) {
    for (const std::size_t row : {0U, 4U, 9U}) {
        ClassifierWeights weights = late_fused();
        std::fill_n(weights.layers[0].weights.begin() + static_cast<std::ptrdiff_t>(row * 12), 12, 0.0F);
        EXPECT_EQ(members_of(weights).size(), 1U) << row;
        expect_plain_logits(weights);
    }
}

TEST(Members, of_one_layer_are_none) {
    ClassifierWeights weights = late_fused();
    weights.layers.erase(weights.layers.begin(), weights.layers.begin() + 2);
    weights.means.resize(5);
    weights.deviations.resize(5);
    EXPECT_THAT(members_of(weights), IsEmpty());
}

}  // namespace
}  // namespace earmark
