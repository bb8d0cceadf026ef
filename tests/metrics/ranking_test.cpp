#include "metrics/ranking.h"

#include <gtest/gtest.h>

#include <limits>

#include "tests/metrics/golden.h"

namespace earmark::test {
namespace {

template <typename Metric>
std::optional<double> value_of(const std::vector<float>& scores, const std::vector<float>& truths) {
    Metric metric;
    for (std::size_t i = 0; i < scores.size(); ++i) metric.add(scores[i], truths[i] != 0.0F);
    return metric.value();
}

void expect_near(std::optional<double> value, std::optional<double> expected) {
    ASSERT_EQ(value.has_value(), expected.has_value());
    EXPECT_NEAR(value.value_or(0.0), expected.value_or(0.0), 1e-9);
}

class RankingGolden : public testing::TestWithParam<RankingCase> {};

TEST_P(RankingGolden, roc_auc_agrees_with_scikit_learn) {
    expect_near(value_of<RocAuc>(GetParam().scores, GetParam().truths), GetParam().roc_auc);
}

TEST_P(RankingGolden, average_precision_agrees_with_scikit_learn) {
    expect_near(value_of<AveragePrecision>(GetParam().scores, GetParam().truths), GetParam().average_precision);
}

TEST_P(RankingGolden, order_of_adding_does_not_matter) {
    const std::vector<float> scores(GetParam().scores.rbegin(), GetParam().scores.rend());
    const std::vector<float> truths(GetParam().truths.rbegin(), GetParam().truths.rend());
    expect_near(value_of<RocAuc>(scores, truths), GetParam().roc_auc);
    expect_near(value_of<AveragePrecision>(scores, truths), GetParam().average_precision);
}

INSTANTIATE_TEST_SUITE_P(, RankingGolden, testing::ValuesIn(read_ranking_cases()),
                         [](const auto& test) { return test.param.name; });

TEST(RankingCases, are_all_there) { EXPECT_EQ(read_ranking_cases().size(), 18U); }

TEST(RocAuc, is_undefined_without_anything) { EXPECT_FALSE(RocAuc().value()); }

TEST(AveragePrecision, is_undefined_without_anything) { EXPECT_FALSE(AveragePrecision().value()); }

TEST(RocAuc, is_the_share_of_pairs_in_the_right_order) {
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
    EXPECT_NEAR(value_of<RocAuc>(ranking.scores, ranking.truths).value(), right / pairs, 1e-12);
}

TEST(RocAuc, does_not_change_when_scores_are_squeezed) {
    const std::vector<float> truths{0, 1, 0, 1, 1};
    EXPECT_EQ(value_of<RocAuc>({0.1F, 0.2F, 0.3F, 0.7F, 0.9F}, truths),
              value_of<RocAuc>({1e-9F, 2e-9F, 3e-9F, 7e-9F, 9e-9F}, truths));
}

TEST(RocAuc, can_be_read_while_adding) {
    RocAuc metric;
    metric.add(0.8F, true);
    metric.add(0.2F, false);
    EXPECT_EQ(metric.value(), 1.0);
    metric.add(0.9F, false);
    EXPECT_EQ(metric.value(), 0.5);
}

TEST(RocAuc, starts_anew_after_reset) {
    RocAuc metric;
    metric.add(0.8F, true);
    metric.add(0.2F, false);
    metric.reset();
    EXPECT_FALSE(metric.value());
    metric.add(0.1F, true);
    metric.add(0.2F, false);
    EXPECT_EQ(metric.value(), 0.0);
}

TEST(AveragePrecision, starts_anew_after_reset) {
    AveragePrecision metric;
    metric.add(0.8F, false);
    metric.reset();
    metric.add(0.1F, true);
    EXPECT_EQ(metric.value(), 1.0);
}

TEST(LabelledScores, a_score_that_is_not_a_number_ranks_last) {
    const float nan = std::numeric_limits<float>::quiet_NaN();
    EXPECT_EQ(value_of<RocAuc>({nan, -1e30F, nan, -1e20F}, {0, 1, 0, 1}), 1.0);
    EXPECT_EQ(value_of<AveragePrecision>({nan, 0.5F}, {1, 0}), 0.5);
}

TEST(LabelledScores, has_one_step_for_each_distinct_score) {
    LabelledScores scores;
    for (const float score : {0.5F, 0.2F, 0.5F, 0.9F}) scores.add(score, score == 0.5F);
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
