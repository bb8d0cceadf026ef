#include "training/classification/late_fusion.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "training/features/columns.h"

namespace earmark {
namespace {

std::vector<float> numbers(std::size_t count, float lowest, float highest, std::mt19937& generator) {
    std::vector<float> values(count);
    for (float& value : values) value = std::uniform_real_distribution(lowest, highest)(generator);
    return values;
}

// Three outputs, from layers of these widths.
ClassifierWeights random_classifier(std::size_t input_count, const std::vector<std::size_t>& hidden_units,
                                    unsigned seed) {
    std::mt19937 generator(seed);
    ClassifierWeights weights;
    weights.means = numbers(input_count, -1.0F, 1.0F, generator);
    weights.deviations = numbers(input_count, 0.5F, 2.0F, generator);
    std::vector<std::size_t> widths = hidden_units;
    widths.push_back(3);
    for (const std::size_t width : widths) {
        weights.layers.push_back({weight_vector(numbers(width * input_count, -1.0F, 1.0F, generator)),
                                  numbers(width, -1.0F, 1.0F, generator)});
        input_count = width;
    }
    return weights;
}

Matrix random_vectors(std::size_t columns, unsigned seed) {
    std::mt19937 generator(seed);
    return {5, columns, numbers(5 * columns, -2.0F, 2.0F, generator)};
}

float log_odds(float probability) { return std::log(probability / (1.0F - probability)); }

class LateFusion : public testing::TestWithParam<std::vector<std::size_t>> {};

TEST_P(LateFusion, predicts_the_mean_of_what_its_members_predict) {
    const ClassifierWeights small = random_classifier(4, GetParam(), 1);
    const ClassifierWeights large = random_classifier(7, GetParam(), 2);
    const Matrix small_vectors = random_vectors(4, 3);
    const Matrix large_vectors = random_vectors(7, 4);
    const Matrix of_small = Classifier(small).probabilities(small_vectors);
    const Matrix of_large = Classifier(large).probabilities(large_vectors);
    const Matrix of_both =
        Classifier(joined_classifier({small, large})).probabilities(side_by_side({&small_vectors, &large_vectors}));
    for (std::size_t clip = 0; clip < 5; ++clip) {
        for (std::size_t label = 0; label < 3; ++label) {
            EXPECT_NEAR(log_odds(of_both(clip, label)),
                        (log_odds(of_small(clip, label)) + log_odds(of_large(clip, label))) / 2.0F, 1e-3F);
        }
    }
}

INSTANTIATE_TEST_SUITE_P(HiddenLayers, LateFusion,
                         testing::Values(std::vector<std::size_t>{}, std::vector<std::size_t>{6},
                                         std::vector<std::size_t>{6, 5}));

TEST(LateFusion, of_one_is_that_one) {
    const ClassifierWeights alone = random_classifier(4, {6}, 1);
    const ClassifierWeights joined = joined_classifier({alone});
    EXPECT_EQ(joined.means, alone.means);
    EXPECT_EQ(joined.layers.front().weights, alone.layers.front().weights);
    EXPECT_EQ(joined.layers.back().weights, alone.layers.back().weights);
    EXPECT_EQ(joined.layers.back().biases, alone.layers.back().biases);
}

TEST(LateFusion, with_softmax_is_the_mean_before_softmax) {
    ClassifierWeights member = random_classifier(4, {6}, 1);
    ClassifierWeights other = random_classifier(4, {6}, 2);
    member.output = other.output = OutputKind::softmax;
    const Matrix vectors = random_vectors(4, 3);
    const Matrix of_member = Classifier(member).probabilities(vectors);
    const Matrix of_other = Classifier(other).probabilities(vectors);
    const Matrix joined =
        Classifier(joined_classifier({member, other})).probabilities(side_by_side({&vectors, &vectors}));
    const auto ratio = [](const Matrix& matrix, std::size_t clip) {
        return std::log(matrix(clip, 0) / matrix(clip, 1));
    };
    for (std::size_t clip = 0; clip < 5; ++clip) {
        EXPECT_NEAR(ratio(joined, clip), (ratio(of_member, clip) + ratio(of_other, clip)) / 2.0F, 1e-3F);
        EXPECT_NEAR(joined(clip, 0) + joined(clip, 1) + joined(clip, 2), 1.0F, 1e-5F);
    }
}

}  // namespace
}  // namespace earmark
