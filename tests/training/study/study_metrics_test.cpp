#include "training/study/study_metrics.h"

#include <gmock/gmock.h>

#include "training/study/study_comparison.h"

namespace earmark {
namespace {

/// Eight clips in two folds, one tag: within the folds, 3 of 4 and 4 of 4 pairs of a clip with it and one without are
/// in order (0.75 and 1; of all clips together 0.6875).
StudyScores two_folds() {
    StudyScores scores;
    scores.labels = {"genre---Rock"};
    scores.seeds = {1};
    scores.fold_count = 2;
    for (int clip = 0; clip < 8; ++clip) {
        scores.clips.push_back({std::to_string(clip), "", {clip % 2 == 0 ? 1.0F : 0.0F}});
    }
    scores.folds = {{0, 0, 0, 0, 1, 1, 1, 1}};
    scores.configurations = {
        {whole_method_id, 1, {Matrix(8, 1, {0.9F, 0.8F, 0.7F, 0.6F, 0.4F, 0.1F, 0.3F, 0.2F})}, {}}};
    return scores;
}

TEST(StudyMetricsOfFolds, are_means_over_them) {
    const StudyMetrics metrics = study_metrics(two_folds(), {.resample_count = 50});
    EXPECT_NEAR(*metrics.configurations.at(0).roc_auc.value, 0.875, 1e-12);
    EXPECT_NEAR(*metrics.configurations.at(0).tags.at(0).value, 0.875, 1e-12);
}

TEST(StudyMetricsOfFolds, leave_out_those_where_a_tag_is_undefined) {
    StudyScores scores = two_folds();
    for (std::size_t clip = 0; clip < 4; ++clip) scores.clips[clip].targets = {0.0F};
    EXPECT_EQ(*study_metrics(scores, {.resample_count = 5}).configurations.at(0).roc_auc.value, 1.0);
}

TEST(StudyMetricsOfFolds, compare_the_first_study_with_the_second) {
    const StudyScores ours = two_folds();
    StudyScores theirs = two_folds();
    for (const std::size_t clip : {0, 2})
        theirs.configurations[0].probabilities[0](clip, 0) = 0.5F;  // no pair in order
    const auto comparisons = compare_studies(ours, theirs, {.resample_count = 50});
    ASSERT_EQ(comparisons.size(), 1U);
    EXPECT_NEAR(*comparisons[0].difference, 0.375, 1e-12);
    EXPECT_GE(comparisons[0].interval->low, 0.0);
    EXPECT_LT(*comparisons[0].not_better_share, 0.5);
}

}  // namespace
}  // namespace earmark
