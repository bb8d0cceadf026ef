#include "metrics/f1.h"

#include <gtest/gtest.h>

#include <limits>

#include "tests/metrics/golden_tagging.h"

namespace earmark::test {
namespace {

TEST(F1, of_each_tag_agrees_with_scikit_learn) {
    const WeightedTagging golden = read_weighted_tagging();
    const TaggingFigures& expected = golden.weightings.front().figures;
    DecisionCounts all;
    for (std::size_t tag = 0; tag < golden.report.tag_count(); ++tag) {
        F1 f1(golden.thresholds[tag]);
        for (const LabelledScore& entry : golden.report.scores(tag).entries()) f1.add(entry.score, entry.truth);
        ASSERT_EQ(f1.value().has_value(), expected.tags[tag].f1.has_value());
        EXPECT_NEAR(f1.value().value_or(0.0), expected.tags[tag].f1.value_or(0.0), 1e-9);
        all += f1.counts();
    }
    EXPECT_NEAR(all.f1().value(), expected.f1_micro.value(), 1e-9);
}

TEST(F1, counts_a_score_at_the_threshold_as_present) {
    F1 f1(0.5F);
    f1.add(0.5F, true);
    EXPECT_EQ(f1.value(), 1.0);
}

TEST(F1, is_undefined_without_positives_and_zero_when_none_is_found) {
    F1 f1(0.5F);
    EXPECT_FALSE(f1.value());
    f1.add(0.9F, false);
    EXPECT_FALSE(f1.value());
    f1.add(0.1F, true);
    EXPECT_EQ(f1.value(), 0.0);
}

TEST(F1, never_takes_a_score_that_is_not_a_number_for_present) {
    F1 f1(0.0F);
    f1.add(std::numeric_limits<float>::quiet_NaN(), false);
    EXPECT_EQ(f1.counts(), DecisionCounts{.true_negative_count = 1});
}

TEST(F1, starts_anew_after_reset) {
    F1 f1(0.5F);
    f1.add(0.9F, false);
    f1.reset();
    f1.add(0.9F, true);
    EXPECT_EQ(f1.value(), 1.0);
}

}  // namespace
}  // namespace earmark::test
