#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "metrics/f1.h"
#include "tests/metrics/golden.h"

namespace earmark::test {
namespace {

double f1_at(float threshold, const std::vector<float>& scores, const std::vector<float>& truths) {
    double true_positives = 0, false_positives = 0, false_negatives = 0;
    for (std::size_t i = 0; i < scores.size(); ++i) {
        const bool present = scores[i] >= threshold;
        const bool truth = truths[i] != 0.0F;
        true_positives += present && truth;
        false_positives += present && !truth;
        false_negatives += !present && truth;
    }
    return 2 * true_positives / (2 * true_positives + false_positives + false_negatives);
}

class BestThresholdGolden : public testing::TestWithParam<RankingCase> {};

TEST_P(BestThresholdGolden, reaches_the_best_f1_of_scikit_learn) {
    const auto& ranking = GetParam();
    const auto threshold = best_f1_threshold(ranking.scores, ranking.truths);
    ASSERT_EQ(threshold.has_value(), ranking.best_f1.has_value());
    if (!threshold) return;
    EXPECT_NEAR(f1_at(*threshold, ranking.scores, ranking.truths), *ranking.best_f1, 1e-9);
}

TEST_P(BestThresholdGolden, no_score_as_threshold_is_better) {
    const auto& scores = GetParam().scores;
    const auto& truths = GetParam().truths;
    double best = 0.0;
    for (const float score : scores) best = std::max(best, f1_at(score, scores, truths));
    const auto threshold = best_f1_threshold(scores, truths);
    EXPECT_EQ(threshold ? f1_at(*threshold, scores, truths) : 0.0, best);
}

INSTANTIATE_TEST_SUITE_P(, BestThresholdGolden, testing::ValuesIn(read_ranking_cases()),
                         [](const auto& test) { return test.param.name; });

using Floats = std::vector<float>;

TEST(BestF1Threshold, is_midway_between_neighboring_scores) {
    EXPECT_EQ(best_f1_threshold(Floats{0.75F, 0.25F, 0.0F}, Floats{1, 0, 0}), 0.5F);
}

TEST(BestF1Threshold, is_the_lowest_score_where_that_lets_everything_through) {
    EXPECT_EQ(best_f1_threshold(Floats{0.9F, 0.3F}, Floats{1, 1}), 0.3F);
}

TEST(BestF1Threshold, is_the_highest_of_equally_good_ones) {
    // One hit of one (2/3) at the top, and two hits of four (2/3) at the bottom.
    EXPECT_EQ(best_f1_threshold(Floats{1.0F, 0.5F, 0.25F, 0.125F}, Floats{1, 0, 0, 1}), 0.75F);
}

TEST(BestF1Threshold, keeps_neighboring_floats_apart) {
    const float lower = 0.5F;
    const float upper = std::nextafter(lower, 1.0F);
    EXPECT_EQ(best_f1_threshold(Floats{upper, lower}, Floats{1, 0}), upper);
}

TEST(BestF1Threshold, is_undefined_without_positives) {
    EXPECT_FALSE(best_f1_threshold(Floats{0.9F, 0.3F}, Floats{0, 0}));
    EXPECT_FALSE(best_f1_threshold({}, {}));
}

}  // namespace
}  // namespace earmark::test
