#include "metrics/report_bootstrap.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <random>

#include "tests/metrics/golden.h"

namespace earmark::test {
namespace {

using Floats = std::vector<float>;

/// A line of tests/golden/metrics/intervals.txt.
struct GoldenInterval {
    double value = 0.0;
    Interval interval;
    double standard_error = 0.0;
    double share_at_or_below_zero = 0.0;
};

template <typename Number>
std::map<std::string, Number> by_name(const TaggingTable<Number>& tags, const ClassificationTable<Number>& labels) {
    return {{"roc_auc", tags.roc_auc},
            {"average_precision", tags.average_precision},
            {"f1_macro", tags.f1_macro},
            {"f1_micro", tags.f1_micro},
            {"accuracy", labels.accuracy}};
}

// The clips of tests/golden/metrics/intervals.txt, and the intervals of scipy.
class GoldenIntervals : public testing::Test {
protected:
    void SetUp() override {
        auto file = open_golden("intervals.txt");
        std::size_t clip_count = 0;
        std::size_t tag_count = 0;
        file >> clip_count >> tag_count >> std::ws;
        a_ = b_ = TaggingReport(tag_count);
        for (std::size_t clip = 0; clip < clip_count; ++clip) read_clip(file);
        std::string what, metric;
        while (file >> what >> metric) {
            GoldenInterval& golden = expected_[what][metric];
            file >> golden.value >> golden.interval.low >> golden.interval.high >> golden.standard_error;
            if (what == "paired") file >> golden.share_at_or_below_zero;
        }
    }

    void read_clip(std::istream& file) {
        std::string artist;
        bool a_is_right = false, b_is_right = false;
        file >> artist >> a_is_right >> b_is_right >> std::ws;
        artists_.push_back(artist == "-" ? "" : artist);
        const Floats a = read_floats(file), b = read_floats(file), truths = read_floats(file);
        a_.add(a, truths);
        b_.add(b, truths);
        a_labels_.add(a_is_right ? Floats{1, 0} : Floats{0, 1}, 0);
        b_labels_.add(b_is_right ? Floats{1, 0} : Floats{0, 1}, 0);
    }

    void expect_intervals(const std::string& what, const TaggingDistributions& tags,
                          const ClassificationDistributions& labels) {
        constexpr double tolerance_in_standard_errors = 0.15;
        ASSERT_EQ(expected_[what].size(), 5U);
        for (const auto& [name, distribution] : by_name(tags, labels)) {
            const GoldenInterval& golden = expected_[what].at(name);
            const double tolerance = tolerance_in_standard_errors * golden.standard_error;
            const Interval interval = distribution.interval().value();
            EXPECT_NEAR(interval.low, golden.interval.low, tolerance) << what << ' ' << name;
            EXPECT_NEAR(interval.high, golden.interval.high, tolerance) << what << ' ' << name;
            EXPECT_LT(interval.low, golden.value);
            EXPECT_GT(interval.high, golden.value);
        }
    }

    std::map<std::string, std::map<std::string, GoldenInterval>> expected_;
    std::vector<std::string> artists_;
    TaggingReport a_{0}, b_{0};
    ClassificationReport a_labels_{2}, b_labels_{2};
    const BootstrapSettings settings_{.resample_count = 5000, .thread_count = 2};
};

TEST_F(GoldenIntervals, over_clips_agree_with_scipy_and_contain_the_value) {
    const Resampling resampling(a_.clip_count(), 1);
    expect_intervals("clips", bootstrap(a_, resampling, settings_), bootstrap(a_labels_, resampling, settings_));
}

TEST_F(GoldenIntervals, over_artists_agree_with_numpy) {
    const Resampling resampling(artists_, 1);
    expect_intervals("artists", bootstrap(a_, resampling, settings_), bootstrap(a_labels_, resampling, settings_));
}

TEST_F(GoldenIntervals, of_paired_differences_agree_with_scipy) {
    const Resampling resampling(a_.clip_count(), 1);
    const auto tags = paired_bootstrap(a_, b_, resampling, settings_);
    const auto labels = paired_bootstrap(a_labels_, b_labels_, resampling, settings_);
    expect_intervals("paired", tags, labels);
    for (const auto& [name, distribution] : by_name(tags, labels))
        EXPECT_NEAR(distribution.share_at_or_below(0.0).value(), expected_["paired"].at(name).share_at_or_below_zero,
                    0.03);
}

TEST_F(GoldenIntervals, are_around_the_scores_of_scikit_learn) {
    const auto of_a = by_name(a_.metrics(), a_labels_.metrics());
    for (const auto& [name, golden] : expected_["clips"]) EXPECT_NEAR(of_a.at(name).value(), golden.value, 1e-9);
    const auto more =
        by_name(difference(a_.metrics(), b_.metrics()), difference(a_labels_.metrics(), b_labels_.metrics()));
    for (const auto& [name, golden] : expected_["paired"]) EXPECT_NEAR(more.at(name).value(), golden.value, 1e-9);
}

TEST_F(GoldenIntervals, of_tags_are_wider_than_that_of_their_mean) {
    const auto tags = bootstrap(a_, Resampling(a_.clip_count(), 1), settings_);
    const auto width = [](const BootstrapDistribution& distribution) {
        return distribution.interval()->high - distribution.interval()->low;
    };
    ASSERT_EQ(tags.tags.size(), 3U);
    for (const auto& tag : tags.tags) EXPECT_GT(width(tag.roc_auc), width(tags.roc_auc));
}

TEST_F(GoldenIntervals, of_a_model_compared_with_itself_are_zero) {
    const auto tags = paired_bootstrap(a_, a_, Resampling(a_.clip_count(), 1), {.resample_count = 50});
    EXPECT_EQ(tags.roc_auc.interval(), (Interval{0.0, 0.0}));
    EXPECT_EQ(tags.roc_auc.share_at_or_below(0.0), 1.0);
}

TEST(ReportBootstrap, leaves_a_tag_out_of_the_resamples_in_which_it_is_undefined) {
    // One positive: absent from about 1 of e resamples. The other tag has its value in nearly all.
    TaggingReport report(2);
    for (int clip = 0; clip < 40; ++clip) {
        const bool odd = clip % 2 == 1;
        report.add(Floats{clip == 0 ? 0.9F : 0.1F, odd ? 0.8F : 0.2F},
                   Floats{clip == 0 ? 1.0F : 0.0F, odd ? 1.0F : 0.0F});
    }
    const auto tags = bootstrap(report, Resampling(40, 1), {.resample_count = 1000});
    EXPECT_NEAR(static_cast<double>(tags.tags[0].roc_auc.defined_count()) / 1000.0, 1.0 - std::exp(-1.0), 0.06);
    EXPECT_EQ(tags.roc_auc.defined_count(), 1000U);
    EXPECT_EQ(tags.roc_auc.interval(), (Interval{1.0, 1.0}));
    EXPECT_EQ(tags.f1_macro.interval(), (Interval{1.0, 1.0}));
}

TEST(ReportBootstrap, covers_the_true_roc_auc_in_about_95_of_100_data_sets) {
    // Scores of positives N(1, 1), of negatives N(0, 1): the true ROC-AUC is Phi(1 / sqrt 2).
    constexpr double truth = 0.7602499389065233;
    constexpr int dataset_count = 300;
    int covered_count = 0;
    std::mt19937 random(7);
    std::normal_distribution<float> normal;
    for (std::uint64_t dataset = 0; dataset < dataset_count; ++dataset) {
        TaggingReport report(1);
        for (int clip = 0; clip < 120; ++clip) {
            const float positive = clip % 3 == 0 ? 1.0F : 0.0F;
            report.add(Floats{normal(random) + positive}, Floats{positive});
        }
        const auto tags = bootstrap(report, Resampling(120, dataset), {.resample_count = 200});
        const Interval interval = tags.roc_auc.interval().value();
        covered_count += interval.low <= truth && truth <= interval.high;
    }
    EXPECT_NEAR(static_cast<double>(covered_count) / dataset_count, 0.94, 0.04);
}

TEST(ClassificationBootstrap, of_clips_of_one_label_has_the_interval_of_the_accuracy_for_its_recall) {
    ClassificationReport report(2);
    for (int clip = 0; clip < 20; ++clip) report.add(clip % 3 == 0 ? Floats{0, 1} : Floats{1, 0}, 0);
    const ClassificationDistributions resampled = bootstrap(report, Resampling(20, 1), {.resample_count = 200});
    ASSERT_EQ(resampled.recalls.size(), 2U);
    EXPECT_EQ(resampled.recalls[0].interval(), resampled.accuracy.interval());
    EXPECT_EQ(resampled.recalls[1].defined_count(), 0U);
}

}  // namespace
}  // namespace earmark::test
