#include "earmark/classifier.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "tests/support/golden_file.h"
#include "tests/support/small_model.h"

namespace earmark {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::FloatEq;

ClassifierWeights small_weights(OutputKind output = OutputKind::sigmoid) {
    ClassifierWeights weights = formula_classifier(12, {9, 7, 4}, 2);
    weights.output = output;
    return weights;
}

// One layer that passes its inputs on, so that outputs can be chosen.
ClassifierWeights identity(OutputKind output) {
    return {{0.0F, 0.0F, 0.0F}, {1.0F, 1.0F, 1.0F}, {}, {{{1, 0, 0, 0, 1, 0, 0, 0, 1}, {0, 0, 0}}}, output};
}

Matrix clips_of(std::size_t clip_count) { return Lcg(6).matrix(2.0F, clip_count, 12); }

TEST(ClassifierWeights, know_their_input_and_output_counts) {
    EXPECT_EQ(small_weights().input_count(), 12U);
    EXPECT_EQ(small_weights().output_count(), 4U);
    EXPECT_EQ(ClassifierWeights{}.output_count(), 0U);
}

TEST(Classifier, gives_a_row_for_each_clip) {
    const Matrix probabilities = Classifier(small_weights()).probabilities(clips_of(3));
    EXPECT_EQ(probabilities.row_count(), 3U);
    EXPECT_EQ(probabilities.column_count(), 4U);
}

TEST(Classifier, has_logits_of_which_it_makes_probabilities) {
    Classifier classifier(small_weights());
    const Matrix clips = clips_of(11);
    const Matrix logits = classifier.logits(clips);
    const Matrix probabilities = classifier.probabilities(clips);
    ASSERT_EQ(logits.row_count(), 11U);
    for (std::size_t i = 0; i < logits.values().size(); ++i)
        EXPECT_FLOAT_EQ(probabilities.values()[i], 1.0F / (1.0F + std::exp(-logits.values()[i])));
}

TEST(Classifier, gives_no_rows_for_no_clips) {
    EXPECT_EQ(Classifier(small_weights()).probabilities(clips_of(0)).row_count(), 0U);
}

TEST(Classifier, standardizes_with_mean_and_deviation) {
    ClassifierWeights weights = identity(OutputKind::sigmoid);
    weights.means = {5.0F, 6.0F, 7.0F};
    weights.deviations = {2.0F, 4.0F, 0.5F};
    const Matrix probabilities = Classifier(weights).probabilities(Matrix(1, 3, {7.0F, 4.0F, 7.5F}));
    const auto expected = [](float value) { return FloatEq(1.0F / (1.0F + std::exp(-value))); };
    EXPECT_THAT(probabilities.values(), ElementsAre(expected(1.0F), expected(-0.5F), expected(1.0F)));
}

TEST(Classifier, has_no_relu_before_its_output) {
    const Matrix probabilities = Classifier(identity(OutputKind::sigmoid)).probabilities(Matrix(1, 3, {-2, -1, 0}));
    EXPECT_LT(probabilities(0, 0), 0.2F);
    EXPECT_FLOAT_EQ(probabilities(0, 2), 0.5F);
}

TEST(Classifier, has_relu_between_its_layers) {
    ClassifierWeights weights = identity(OutputKind::sigmoid);
    weights.layers.push_back(weights.layers[0]);
    const Matrix probabilities = Classifier(weights).probabilities(Matrix(1, 3, {-2, -1, 1}));
    EXPECT_THAT(probabilities.values(), ElementsAre(0.5F, 0.5F, testing::Gt(0.7F)));
}

TEST(Classifier, softmax_rows_sum_to_1) {
    const Matrix probabilities = Classifier(small_weights(OutputKind::softmax)).probabilities(clips_of(20));
    for (std::size_t clip = 0; clip < 20; ++clip) {
        const auto row = probabilities.row(clip);
        EXPECT_NEAR(std::accumulate(row.begin(), row.end(), 0.0), 1.0, 1e-6) << clip;
    }
}

TEST(Classifier, softmax_of_vast_outputs_is_finite) {
    const Matrix probabilities =
        Classifier(identity(OutputKind::softmax)).probabilities(Matrix(2, 3, {1e30F, 0, -1e30F, 1000, 1000, -1000}));
    EXPECT_THAT(probabilities.values(), ElementsAre(1.0F, 0.0F, 0.0F, 0.5F, 0.5F, 0.0F));
}

TEST(Classifier, sigmoid_of_vast_outputs_is_0_or_1) {
    const Matrix probabilities =
        Classifier(identity(OutputKind::sigmoid)).probabilities(Matrix(1, 3, {1e30F, 0, -1e30F}));
    EXPECT_THAT(probabilities.values(), ElementsAre(1.0F, 0.5F, 0.0F));
}

class ClipCount : public testing::TestWithParam<std::size_t> {};

TEST_P(ClipCount, does_not_change_what_one_clip_gives) {
    Classifier classifier(small_weights());
    const Matrix clips = clips_of(GetParam());
    const Matrix together = classifier.probabilities(clips);
    for (std::size_t clip = 0; clip < GetParam(); ++clip) {
        const auto values = clips.row(clip);
        const Matrix alone = classifier.probabilities(Matrix(1, 12, {values.begin(), values.end()}));
        EXPECT_LT(greatest_difference(alone.values(), together.row(clip)), 1e-6) << clip;
    }
}

INSTANTIATE_TEST_SUITE_P(Counts, ClipCount, testing::Values(1, 7, 8, 9, 33), testing::PrintToStringParamName());

TEST(Classifier, that_was_moved_gives_the_same) {
    Classifier classifier(small_weights());
    const Matrix before = classifier.probabilities(clips_of(2));
    Classifier moved = std::move(classifier);
    EXPECT_EQ(greatest_difference(moved.probabilities(clips_of(2)), before), 0.0);
}

TEST(Classifier, may_be_one_layer_to_many_labels) {
    ClassifierWeights weights = formula_classifier(12, {300}, 2);
    EXPECT_EQ(Classifier(weights).probabilities(clips_of(1)).column_count(), 300U);
}

}  // namespace
}  // namespace earmark
