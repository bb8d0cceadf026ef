#include "metrics/ranking.h"

#include <gtest/gtest.h>

#include <limits>

#include "tests/metrics/golden.h"
#include "tests/metrics/one_tag.h"

namespace earmark::test {
namespace {

void expect_near(std::optional<double> value, std::optional<double> expected) {
    ASSERT_EQ(value.has_value(), expected.has_value());
    EXPECT_NEAR(value.value_or(0.0), expected.value_or(0.0), 1e-9);
}

class RankingGolden : public testing::TestWithParam<RankingCase> {};

TEST_P(RankingGolden, roc_auc_agrees_with_scikit_learn) {
    expect_near(metrics_of(GetParam().scores, GetParam().truths).roc_auc, GetParam().roc_auc);
}

TEST_P(RankingGolden, average_precision_agrees_with_scikit_learn) {
    expect_near(metrics_of(GetParam().scores, GetParam().truths).average_precision, GetParam().average_precision);
}

TEST_P(RankingGolden, order_of_adding_does_not_matter) {
    const std::vector<float> scores(GetParam().scores.rbegin(), GetParam().scores.rend());
    const std::vector<float> truths(GetParam().truths.rbegin(), GetParam().truths.rend());
    expect_near(metrics_of(scores, truths).roc_auc, GetParam().roc_auc);
    expect_near(metrics_of(scores, truths).average_precision, GetParam().average_precision);
}

INSTANTIATE_TEST_SUITE_P(, RankingGolden, testing::ValuesIn(read_ranking_cases()),
                         [](const auto& test) { return test.param.name; });

TEST(RankingCases, are_all_there) { EXPECT_EQ(read_ranking_cases().size(), 18U); }

TEST(RocAuc, is_undefined_without_anything) { EXPECT_FALSE(metrics_of({}, {}).roc_auc); }

TEST(AveragePrecision, is_undefined_without_anything) { EXPECT_FALSE(metrics_of({}, {}).average_precision); }

TEST(RocAuc, is_the_proportion_of_pairs_in_the_right_order) {
    // By definition, over all pairs of a positive and a negative.
    const auto ranking = read_ranking_cases().at(14);
    double right = 0.0, pairs = 0.0;
    for (std::size_t p = 0; p < ranking.scores.size(); ++p) {
        for (std::size_t n = 0; n < ranking.scores.size(); ++n) {
            if (ranking.truths[p] == 0.0F || ranking.truths[n] != 0.0F) continue;
            pairs += 1.0;
            right += ranking.scores[p] > ranking.scores[n] ? 1.0 : ranking.scores[p] == ranking.scores[n] ? 0.5 : 0.0;
        }
    }
    EXPECT_NEAR(metrics_of(ranking.scores, ranking.truths).roc_auc.value(), right / pairs, 1e-12);
}

TEST(RocAuc, does_not_change_when_scores_are_squeezed) {
    const std::vector<float> truths{0, 1, 0, 1, 1};
    EXPECT_EQ(metrics_of({0.1F, 0.2F, 0.3F, 0.7F, 0.9F}, truths).roc_auc,
              metrics_of({1e-9F, 2e-9F, 3e-9F, 7e-9F, 9e-9F}, truths).roc_auc);
}

TEST(LabeledScores, a_score_that_is_not_a_number_ranks_last) {
    const float nan = std::numeric_limits<float>::quiet_NaN();
    EXPECT_EQ(metrics_of({nan, -1e30F, nan, -1e20F}, {0, 1, 0, 1}).roc_auc, 1.0);
    EXPECT_EQ(metrics_of({nan, 0.5F}, {1, 0}).average_precision, 0.5);
}

TEST(LabeledScores, has_one_step_for_each_distinct_score) {
    LabeledScores scores;
    for (const float score : {0.5F, 0.2F, 0.5F, 0.9F})
        scores.add(score, score == 0.5F ? Truth::present : Truth::absent);
    const auto steps = scores.steps();
    ASSERT_EQ(steps.size(), 3U);
    EXPECT_EQ(steps[0].score, 0.9F);
    EXPECT_EQ(steps[0].false_positive_count, 1U);
    EXPECT_EQ(steps[1].true_positive_count, 2U);
    EXPECT_EQ(steps[2].true_positive_count + steps[2].false_positive_count, 4U);
    EXPECT_EQ(scores.negative_count(), 2U);
}

}  // namespace
}  // namespace earmark::test
