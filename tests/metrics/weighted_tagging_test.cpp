#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "metrics/ranked_report.h"
#include "tests/metrics/golden_tagging.h"

namespace earmark::test {
namespace {

using Floats = std::vector<float>;
using Counts = std::vector<std::uint32_t>;

constexpr float unknown = std::numeric_limits<float>::quiet_NaN();

void expect_near(const TaggingMetrics& metrics, const TaggingMetrics& expected) {
    const auto row = row_of(metrics);
    const auto expected_row = row_of(expected);
    ASSERT_EQ(row.size(), expected_row.size());
    for (std::size_t i = 0; i < row.size(); ++i) {
        ASSERT_EQ(row[i].has_value(), expected_row[i].has_value()) << "metric " << i;
        EXPECT_NEAR(row[i].value_or(0.0), expected_row[i].value_or(0.0), 1e-9) << "metric " << i;
    }
}

TEST(WeightedTagging, agrees_with_scikit_learn_for_every_weighting) {
    const WeightedTagging golden = read_weighted_tagging();
    ASSERT_EQ(golden.weightings.size(), 8U);
    const RankedReport ranked(golden.report);
    for (const Weighting& weighting : golden.weightings)
        expect_near(ranked.metrics(weighting.clip_counts), weighting.metrics);
}

TEST(WeightedTagging, is_the_plain_report_when_each_clip_counts_once) {
    const WeightedTagging golden = read_weighted_tagging();
    expect_near(golden.report.metrics(), golden.weightings.front().metrics);
}

TEST(WeightedTagging, is_the_report_in_which_clips_are_added_several_times) {
    const Floats scores{0.9F, 0.4F, 0.4F, 0.1F};
    const Floats truths{0, 1, 0, 1};
    const Counts times{2, 1, 0, 3};
    TaggingReport once(1);
    TaggingReport several_times(1);
    for (std::size_t clip = 0; clip < scores.size(); ++clip) {
        once.add(Floats{scores[clip]}, Floats{truths[clip]});
        for (std::uint32_t i = 0; i < times[clip]; ++i) several_times.add(Floats{scores[clip]}, Floats{truths[clip]});
    }
    expect_near(RankedReport(once).metrics(times), several_times.metrics());
}

TEST(WeightedTagging, of_no_clips_has_no_scores) {
    const WeightedTagging golden = read_weighted_tagging();
    for (const auto& metric : row_of(RankedReport(golden.report).metrics(Counts(60, 0)))) EXPECT_FALSE(metric);
}

TEST(UnknownTruth, leaves_the_clip_out_of_the_scores_of_that_tag_alone) {
    TaggingReport masked(2);
    masked.add(Floats{0.9F, 0.9F}, Floats{unknown, 1});
    masked.add(Floats{0.8F, 0.1F}, Floats{1, 0});
    masked.add(Floats{0.2F, 0.3F}, Floats{0, 0});
    const auto tags = masked.per_tag();
    EXPECT_EQ(tags[0].roc_auc, 1.0);
    EXPECT_EQ(tags[0].known_count, 2U);
    EXPECT_EQ(tags[0].positive_count, 1U);
    EXPECT_EQ(tags[1].known_count, 3U);
    EXPECT_EQ(masked.clip_count(), 3U);
}

TEST(UnknownTruth, may_be_given_as_truths_too) {
    TaggingReport by_numbers(2);
    by_numbers.add(Floats{0.9F, 0.2F}, Floats{unknown, 1});
    by_numbers.add(Floats{0.3F, 0.6F}, Floats{1, 0});
    TaggingReport by_truths(2);
    by_truths.add(Floats{0.9F, 0.2F}, std::vector{Truth::unknown, Truth::present});
    by_truths.add(Floats{0.3F, 0.6F}, std::vector{Truth::present, Truth::absent});
    EXPECT_EQ(row_of(by_numbers.metrics()), row_of(by_truths.metrics()));
}

TEST(UnknownTruth, of_all_positives_leaves_the_tag_out) {
    TaggingReport report(1);
    report.add(Floats{0.9F}, Floats{unknown});
    report.add(Floats{0.1F}, Floats{0});
    EXPECT_THAT(report.left_out(), testing::ElementsAre(0U));
    EXPECT_FALSE(report.metrics().roc_auc);
    EXPECT_FALSE(report.metrics().f1_macro);
}

TEST(UnknownTruth, has_no_step_in_a_ranking) {
    LabeledScores scores;
    scores.add(0.9F, Truth::unknown);
    scores.add(0.5F, Truth::present);
    EXPECT_EQ(scores.steps().size(), 1U);
    EXPECT_EQ(scores.known_count(), 1U);
    EXPECT_EQ(scores.negative_count(), 0U);
}

TEST(TaggingReport, counts_a_tag_as_present_from_its_threshold_on) {
    TaggingReport report(Floats{0.2F});
    report.add(Floats{0.3F}, Floats{1});
    EXPECT_EQ(report.metrics().f1_macro, 1.0);
}

// scikit-learn 1.9.1: f1_score([0, 1, 2, 1], [0, 1, 1, 1], average="macro") = 0.6, average="micro" = 0.75.
TEST(TaggingReport, of_a_single_label_model_predicts_the_highest_score_and_no_other) {
    TaggingReport report = TaggingReport::of_single_label(3);
    report.add(Floats{0.9F, 0.8F, 0.7F}, Floats{1, 0, 0});
    report.add(Floats{0.1F, 0.2F, 0.1F}, Floats{0, 1, 0});
    report.add(Floats{0.3F, 0.4F, 0.3F}, Floats{0, 0, 1});
    report.add(Floats{0.0F, 0.9F, 0.1F}, Floats{0, 1, 0});
    EXPECT_NEAR(report.metrics().f1_macro.value(), 0.6, 1e-9);
    EXPECT_NEAR(report.metrics().f1_micro.value(), 0.75, 1e-9);
}

}  // namespace
}  // namespace earmark::test
