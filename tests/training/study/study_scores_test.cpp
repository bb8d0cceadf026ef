#include <gmock/gmock.h>

#include "tests/training/study/finished_study.h"
#include "tests/training/support/expect_error.h"
#include "training/study/study_comparison.h"

namespace earmark {
namespace {

class StudyScoresTest : public FinishedStudy {};

TEST_F(StudyScoresTest, scores_every_clip_once_for_each_seed) {
    ASSERT_TRUE(finished().outcome.finished);
    EXPECT_EQ(scores_.clips.size(), 36U);
    for (const StudiedConfiguration& configuration : scores_.configurations) {
        ASSERT_EQ(configuration.probabilities.size(), 2U) << to_string(configuration.id);
        for (const Matrix& probabilities : configuration.probabilities) {
            ASSERT_EQ(probabilities.row_count(), 36U);
            for (std::size_t clip = 0; clip < 36; ++clip) {
                EXPECT_GT(probabilities(clip, 0), 0.0F) << to_string(configuration.id) << ", clip " << clip;
            }
        }
    }
}

TEST_F(StudyScoresTest, has_each_level_alone_each_scale_and_their_unions) {
    std::vector<std::string> names;
    for (const StudiedConfiguration& configuration : scores_.configurations)
        names.push_back(to_string(configuration.id));
    EXPECT_THAT(
        names, testing::ElementsAre("local model, 9 frames", "local model, 18 frames",
                                    "local models, mean of all scales", "mel mean and deviation",
                                    "MFCC statistics, logistic regression", "level 1, 9 frames", "last level, 9 frames",
                                    "all levels, 9 frames", "level 1, 18 frames", "last level, 18 frames",
                                    "all levels, 18 frames", "last level, all scales", "all levels, all scales"));
}

TEST_F(StudyScoresTest, metrics_are_means_over_seeds_within_their_intervals) {
    const ConfigurationMetrics& metrics = metrics_.configurations[place(whole_method_id)];
    ASSERT_EQ(metrics.roc_auc.by_seed.size(), 2U);
    EXPECT_NEAR(metrics.roc_auc.value.value(), (*metrics.roc_auc.by_seed[0] + *metrics.roc_auc.by_seed[1]) / 2, 1e-12);
    EXPECT_LE(metrics.roc_auc.interval.value().low, metrics.roc_auc.value.value());
    EXPECT_GE(metrics.roc_auc.interval.value().high, metrics.roc_auc.value.value());
    EXPECT_GT(metrics.roc_auc.value.value(), 0.8);
    EXPECT_EQ(metrics.tags.size(), 3U);
}

TEST_F(StudyScoresTest, compares_all_levels_with_the_last_and_all_scales_with_each) {
    using Pair = std::pair<ConfigurationId, ConfigurationId>;
    std::vector<Pair> pairs;
    for (const StudyComparison& comparison : metrics_.comparisons) pairs.emplace_back(comparison.a, comparison.b);
    const ConfigurationId all = whole_method_id;
    EXPECT_THAT(pairs, testing::UnorderedElementsAre(
                           Pair(all_levels_id({9}), last_level_id({9})), Pair(all_levels_id({18}), last_level_id({18})),
                           Pair(all, last_level_id()), Pair(all, all_levels_id({9})), Pair(all, all_levels_id({18})),
                           Pair(all, local_model_id()), Pair(all, baseline_id(ConfigurationKind::mel_statistics)),
                           Pair(all, baseline_id(ConfigurationKind::mfcc_statistics))));
    for (const StudyComparison& comparison : metrics_.comparisons) {
        const auto value = [&](const ConfigurationId& id) { return *metrics_.configurations[place(id)].roc_auc.value; };
        EXPECT_NEAR(*comparison.difference, value(comparison.a) - value(comparison.b), 1e-12);
    }
}

TEST_F(StudyScoresTest, compared_with_itself_differs_by_nothing) {
    const auto comparisons = compare_studies(scores_, scores_, {.resample_count = 20});
    ASSERT_EQ(comparisons.size(), scores_.configurations.size());
    for (const StudyComparison& comparison : comparisons) {
        EXPECT_EQ(*comparison.difference, 0.0);
        EXPECT_EQ(*comparison.not_better_share, 1.0);
    }
}

TEST_F(StudyScoresTest, of_other_tags_cannot_be_compared) {
    StudyScores other = scores_;
    std::swap(other.labels[0], other.labels[1]);
    error_of(ErrorCode::usage, [&] { compare_studies(scores_, other, {}); });
}

}  // namespace
}  // namespace earmark
