#include "metrics/f1.h"

#include <gtest/gtest.h>

#include <limits>

#include "tests/metrics/golden_tagging.h"
#include "tests/metrics/one_tag.h"

namespace earmark::test {
namespace {

TEST(F1, of_each_tag_agrees_with_scikit_learn) {
    const WeightedTagging golden = read_weighted_tagging();
    const TaggingMetrics& expected = golden.weightings.front().metrics;
    const TaggingMetrics found = golden.report.metrics();
    for (std::size_t tag = 0; tag < golden.report.tag_count(); ++tag) {
        ASSERT_EQ(found.tags[tag].f1.has_value(), expected.tags[tag].f1.has_value());
        EXPECT_NEAR(found.tags[tag].f1.value_or(0.0), expected.tags[tag].f1.value_or(0.0), 1e-9);
    }
    EXPECT_NEAR(found.f1_micro.value(), expected.f1_micro.value(), 1e-9);
}

TEST(F1, counts_a_score_at_the_threshold_as_present) { EXPECT_EQ(metrics_of({0.5F}, {1}, 0.5F).decisions.f1(), 1.0); }

TEST(F1, is_undefined_without_positives_and_zero_when_none_is_found) {
    EXPECT_FALSE(metrics_of({}, {}).decisions.f1());
    EXPECT_FALSE(metrics_of({0.9F}, {0}).decisions.f1());
    EXPECT_EQ(metrics_of({0.9F, 0.1F}, {0, 1}).decisions.f1(), 0.0);
}

TEST(F1, of_a_score_that_is_not_a_number_is_that_of_an_absent_tag) {
    TaggingReport report(std::vector<float>{0.0F});
    report.add(std::vector<float>{std::numeric_limits<float>::quiet_NaN()}, std::vector<float>{0});
    report.add(std::vector<float>{0.5F}, std::vector<float>{1});
    EXPECT_EQ(report.metrics().f1_macro, 1.0);
}

}  // namespace
}  // namespace earmark::test
