#include "metrics/tagging_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/metrics/golden.h"

namespace earmark::test {
namespace {

using Floats = std::vector<float>;
using testing::ElementsAre;
using testing::IsEmpty;

class TaggingReportGolden : public testing::Test {
protected:
    void SetUp() override {
        auto file = open_golden("report.txt");
        std::size_t tag_count = 0;
        file >> clip_count_ >> tag_count >> roc_auc_ >> average_precision_ >> std::ws;
        report_ = TaggingReport(tag_count);
        for (std::size_t clip = 0; clip < clip_count_; ++clip) {
            const auto scores = read_floats(file);
            report_.add(scores, read_floats(file));
        }
    }

    TaggingReport report_{0};
    std::size_t clip_count_ = 0;
    double roc_auc_ = 0.0;
    double average_precision_ = 0.0;
};

TEST_F(TaggingReportGolden, roc_auc_is_the_macro_average_of_scikit_learn) {
    EXPECT_NEAR(report_.metrics().roc_auc.value(), roc_auc_, 1e-9);
}

TEST_F(TaggingReportGolden, average_precision_is_the_macro_average_of_scikit_learn) {
    EXPECT_NEAR(report_.metrics().average_precision.value(), average_precision_, 1e-9);
}

TEST_F(TaggingReportGolden, tags_without_positives_or_negatives_are_left_out) {
    EXPECT_THAT(report_.left_out(), ElementsAre(2U, 4U));
}

TEST_F(TaggingReportGolden, means_are_the_means_of_the_table) {
    double sum = 0.0;
    for (const auto& tag : report_.per_tag()) sum += tag.roc_auc.value_or(0.0);
    EXPECT_NEAR(sum / 4.0, roc_auc_, 1e-9);
}

TEST_F(TaggingReportGolden, the_table_shows_what_is_undefined) {
    const auto tags = report_.per_tag();
    ASSERT_EQ(tags.size(), 6U);
    EXPECT_EQ(tags[2].positive_count, 0U);
    EXPECT_FALSE(tags[2].roc_auc);
    EXPECT_FALSE(tags[2].average_precision);
    EXPECT_EQ(tags[4].positive_count, clip_count_);
    EXPECT_FALSE(tags[4].roc_auc);
    EXPECT_EQ(tags[4].average_precision, 1.0);
}

TEST_F(TaggingReportGolden, clips_are_counted) { EXPECT_EQ(report_.clip_count(), 40U); }

TEST(TaggingReport, without_clips_nothing_is_defined) {
    const TaggingReport report(2);
    EXPECT_FALSE(report.metrics().roc_auc);
    EXPECT_FALSE(report.metrics().average_precision);
    EXPECT_THAT(report.left_out(), ElementsAre(0U, 1U));
}

TEST(TaggingReport, each_tag_is_ranked_for_itself) {
    TaggingReport report(2);
    report.add(Floats{0.9F, 0.9F}, Floats{1, 0});
    report.add(Floats{0.1F, 0.1F}, Floats{0, 1});
    const auto tags = report.per_tag();
    EXPECT_EQ(tags[0].roc_auc, 1.0);
    EXPECT_EQ(tags[1].roc_auc, 0.0);
    EXPECT_EQ(report.metrics().roc_auc, 0.5);
    EXPECT_EQ(tags[1].average_precision, 0.5);
    EXPECT_THAT(report.left_out(), IsEmpty());
}

}  // namespace
}  // namespace earmark::test
