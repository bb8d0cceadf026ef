// What levels and scales contribute to a tag.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "earmark/classifier.h"
#include "tests/explain/explained.h"
#include "tests/support/lcg.h"

namespace earmark {
namespace {

using testing::DoubleNear;
using testing::Each;

constexpr double tolerance = 1e-4;

double sum(const std::vector<double>& values) { return std::accumulate(values.begin(), values.end(), 0.0); }

std::vector<float> some_values(const Model& model) {
    std::vector<float> values = Lcg(8).values(1.0F, model.feature_count());
    for (float& value : values) value = std::abs(value);
    return values;
}

TEST(Contributions, have_a_cell_for_each_level_of_each_scale) {
    std::vector<ExplainedLevel> expected;
    for (int level = 1; level <= 3; ++level) expected.push_back({0, 18, level});
    for (int level = 1; level <= 3; ++level) expected.push_back({1, 27, level});
    EXPECT_EQ(explained_levels(small_model()), expected);
    Model with_deviations = small_model();
    with_deviations.aggregation.across_segments = AcrossSegments::mean_and_deviation;
    EXPECT_EQ(explained_levels(with_deviations), expected);
}

TEST(Contributions, name_the_only_block_that_the_classifier_reads) {
    const std::vector<EmbeddingBlock> blocks = embedding_layout(small_model());
    for (std::size_t read = 0; read < blocks.size(); ++read) {
        Model model = model_that_reads_nothing();
        for (std::size_t i = 0; i < blocks[read].count; ++i)
            model.classifier.layers[0].weights[blocks[read].first + i] = 0.25F;
        const std::vector<float> values(model.feature_count(), 2.0F);
        const TagContributions found = explained(model, values)[0].contributions;
        const double expected = 0.25 * 2.0 * static_cast<double>(blocks[read].count);
        EXPECT_NEAR(found.log_odds, expected - 0.5, tolerance);
        EXPECT_NEAR(found.log_odds_at_mean, -0.5, tolerance);
        for (std::size_t cell = 0; cell < blocks.size(); ++cell)
            EXPECT_NEAR(found.of_cells[cell], cell == read ? expected : 0.0, tolerance) << read << " " << cell;
        for (std::size_t scale = 0; scale < 2; ++scale)
            EXPECT_NEAR(found.of_scales[scale], scale == read / 3 ? expected : 0.0, tolerance) << read;
        for (std::size_t level = 0; level < 3; ++level)
            EXPECT_NEAR(found.of_levels[level], level == read % 3 ? expected : 0.0, tolerance) << read;
        EXPECT_NEAR(found.interactions, 0.0, tolerance);
        const TagContributions other_tag = explained(model, values)[1].contributions;
        EXPECT_THAT(other_tag.of_cells, Each(0.0));
    }
}

TEST(Contributions, of_an_additive_model_add_up) {
    Model model = small_model();
    model.classifier = formula_classifier(model.feature_count(), {model.tags.size()}, 5);
    model.tags[1].calibration = Calibration::platt(0.5F, -2.0F);
    for (const TagExplanation& tag : explained(model, some_values(model))) {
        const TagContributions& found = tag.contributions;
        const double whole = found.log_odds - found.log_odds_at_mean;
        EXPECT_GT(std::abs(whole), 0.01);
        EXPECT_NEAR(sum(found.of_cells), whole, tolerance);
        EXPECT_NEAR(sum(found.of_scales), whole, tolerance);
        EXPECT_NEAR(sum(found.of_levels), whole, tolerance);
        EXPECT_NEAR(found.interactions, 0.0, tolerance);
    }
}

// The classifiers of the scales have hidden layers of their own, and their outputs are averaged: as one classifier,
// what connects two of them is 0.
TEST(Contributions, of_scales_add_up_with_late_fusion) {
    Model model = small_model();
    const std::size_t length = model.feature_count();
    const std::size_t of_a_scale = length / 2;
    constexpr std::size_t hidden = 12;
    model.classifier = formula_classifier(length, {hidden, model.tags.size()}, 6);
    for (std::size_t unit = 0; unit < hidden; ++unit)
        for (std::size_t input = 0; input < length; ++input)
            if ((unit < hidden / 2) != (input < of_a_scale))
                model.classifier.layers[0].weights[unit * length + input] = 0.0F;
    double greatest_interaction = 0.0;
    for (const TagExplanation& tag : explained(model, some_values(model))) {
        const TagContributions& found = tag.contributions;
        EXPECT_NEAR(sum(found.of_scales), found.log_odds - found.log_odds_at_mean, tolerance);
        greatest_interaction = std::max(greatest_interaction, std::abs(found.interactions));
    }
    EXPECT_GT(greatest_interaction, 0.01);  // of the levels within a scale
}

// Two cells that only do something together: max(0, a + b - 1) with a = b = 1 is 1. Without a it is 0, and without b.
TEST(Contributions, leave_over_what_cells_do_together) {
    Model model = model_that_reads_nothing();
    const std::size_t length = model.feature_count();
    LayerWeights hidden{WeightVector(length, 0.0F), {-1.0F}};
    hidden.weights[0] = 1.0F;
    hidden.weights[8] = 1.0F;  // of the second level
    const LayerWeights output{WeightVector(model.tags.size(), 1.0F), std::vector<float>(model.tags.size(), 0.0F)};
    model.classifier.layers = {hidden, output};
    const TagContributions found = explained(model, std::vector<float>(length, 1.0F))[2].contributions;
    EXPECT_NEAR(found.log_odds, 1.0, tolerance);
    EXPECT_NEAR(found.log_odds_at_mean, 0.0, tolerance);
    EXPECT_NEAR(found.of_cells[0], 1.0, tolerance);
    EXPECT_NEAR(found.of_cells[1], 1.0, tolerance);
    EXPECT_NEAR(found.interactions, -1.0, tolerance);
}

TEST(Contributions, have_the_log_odds_of_the_probability) {
    for (const OutputKind output : {OutputKind::sigmoid, OutputKind::softmax}) {
        Model model = small_model();
        model.classifier.output = output;
        if (output == OutputKind::sigmoid) model.tags[0].calibration = Calibration::platt(1.5F, 0.25F);
        const std::vector<float> values = some_values(model);
        const Matrix outputs = Classifier(model.classifier).probabilities(Matrix(1, values.size(), values));
        const std::vector<TagExplanation> tags = explained(model, values);
        for (std::size_t tag = 0; tag < tags.size(); ++tag) {
            const double probability = model.tags[tag].calibration.apply(outputs(0, tag));
            EXPECT_EQ(tags[tag].tag_index, tag);
            EXPECT_NEAR(tags[tag].contributions.log_odds, std::log(probability / (1.0 - probability)), 1e-3);
        }
    }
}

TEST(Contributions, differ_where_probabilities_are_all_but_one) {
    Model model = model_that_reads_nothing();
    model.classifier.layers[0].weights[0] = 100.0F;
    const TagContributions found = explained(model, std::vector<float>(model.feature_count(), 1.0F))[0].contributions;
    EXPECT_NEAR(found.of_cells[0], 100.0, tolerance);
}

TEST(Contributions, to_the_only_label_of_a_softmax_are_none) {
    Model model = small_model();
    model.tags.resize(1);
    model.classifier = formula_classifier(model.feature_count(), {1}, 5);
    model.classifier.output = OutputKind::softmax;
    EXPECT_THAT(explained(model, some_values(model))[0].contributions.of_cells, Each(0.0));
}

}  // namespace
}  // namespace earmark
