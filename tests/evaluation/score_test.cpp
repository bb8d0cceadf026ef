// The one way from probabilities and targets to a report. Expected values follow from the definitions of scikit-learn
// (roc_auc_score, average_precision_score, accuracy_score), by hand for three clips; tests/metrics holds reports to
// values that it computed.
#include "evaluation/score.h"

#include <gmock/gmock.h>

#include <limits>

namespace earmark {
namespace {

constexpr float unknown = std::numeric_limits<float>::quiet_NaN();

struct TargetClip {
    std::vector<float> targets;
};

const Matrix three_clips(3, 2, {0.9F, 0.1F, 0.6F, 0.4F, 0.7F, 0.3F});

TEST(Score, is_the_mean_over_labels) {
    const std::vector<TargetClip> clips{{{1, 0}}, {{1, 0}}, {{0, 1}}};
    // Each label: one of two pairs in order. AP of the first: (1 + 2/3) / 2; of the second: 1/2.
    const Scores scores = score(clip_rows(three_clips), target_rows(clips), OutputKind::sigmoid);
    EXPECT_DOUBLE_EQ(scores.roc_auc.value(), 0.5);
    EXPECT_DOUBLE_EQ(scores.average_precision.value(), (5.0 / 6.0 + 1.0 / 2.0) / 2.0);
    EXPECT_EQ(scores.accuracy, std::nullopt);
}

TEST(Score, of_a_single_label_task_has_the_accuracy) {
    const std::vector<TargetClip> clips{{{1, 0}}, {{1, 0}}, {{0, 1}}};
    const Scores scores = score(clip_rows(three_clips), target_rows(clips), OutputKind::softmax);
    EXPECT_DOUBLE_EQ(scores.accuracy.value(), 2.0 / 3.0);
}

TEST(Score, leaves_unknown_targets_out) {
    const std::vector<TargetClip> clips{{{1, 0}}, {{1, 0}}, {{unknown, 1}}};
    const Scores scores = score(clip_rows(three_clips), target_rows(clips), OutputKind::sigmoid);
    EXPECT_DOUBLE_EQ(scores.roc_auc.value(), 0.5);  // of the second label alone
}

TEST(Score, of_no_clips_is_undefined) {
    const Scores scores = score({}, {}, OutputKind::sigmoid);
    EXPECT_EQ(scores.roc_auc, std::nullopt);
    EXPECT_EQ(scores.average_precision, std::nullopt);
}

TEST(SingleLabel, is_that_of_clips_with_exactly_one) {
    EXPECT_EQ(single_label(std::vector<float>{0, 1, 0}), 1U);
    EXPECT_EQ(single_label(std::vector<float>{0, 1, unknown}), 1U);
    EXPECT_EQ(single_label(std::vector<float>{1, 1, 0}), std::nullopt);
    EXPECT_EQ(single_label(std::vector<float>{0, 0, 0}), std::nullopt);
}

TEST(ClassificationReportOfRows, keeps_the_place_of_clips_without_exactly_one_label) {
    const std::vector<std::vector<float>> targets{{1, 0}, {1, 1}, {0, 1}};
    const ClassificationReport report = classification_report(2, clip_rows(three_clips), clip_rows(targets));
    EXPECT_EQ(report.clip_count(), 3U);
    EXPECT_EQ(report.confusion().clip_count(), 2U);
}

}  // namespace
}  // namespace earmark
