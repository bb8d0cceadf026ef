#include "metrics/precision_threshold.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "tests/support/calibration_examples.h"

namespace earmark {
namespace {

TEST(PrecisionThreshold, is_that_of_scikit_learns_isotonic_regression) {
    const auto examples = read_calibration_examples();
    const auto rows = read_golden_rows("precision_threshold.tsv");
    ASSERT_EQ(rows.size(), 4 * examples.size());
    for (const std::vector<double>& row : rows) {
        const CalibrationExample& example = examples.at(static_cast<std::size_t>(row[0]));
        const auto threshold = lowest_threshold_with_precision(example.probabilities, example.truths, row[1], 1);
        EXPECT_EQ(threshold.has_value(), !std::isnan(row[2])) << row[0] << ' ' << row[1];
        if (threshold) {
            EXPECT_EQ(*threshold, static_cast<float>(row[2])) << row[0] << ' ' << row[1];
        }
    }
}

// From the fourth clip on half of the clips have the tag, but below the first, 4 of 10 have it, evenly spread: the
// fourth is where it is by luck.
TEST(PrecisionThreshold, does_not_follow_a_lucky_clip) {
    const std::vector<float> scores{0.99F, 0.9F, 0.85F, 0.8F, 0.7F, 0.6F, 0.5F, 0.4F, 0.3F, 0.2F, 0.1F};
    const std::vector<float> truths{1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 1};
    EXPECT_EQ(lowest_threshold_with_precision(scores, truths, 0.5, 1), 0.99F);
}

// From 0.3 on, 0.875 + 0.5 + 0.125 of three clips have the tag.
TEST(PrecisionThreshold, counts_a_clip_that_probably_has_the_tag_as_so_much_of_a_clip) {
    const std::vector<float> scores{0.9F, 0.6F, 0.3F, 0.2F, 0.1F};
    const std::vector<float> truths{0.875F, 0.5F, 0.125F, std::nanf(""), 0.0625F};
    EXPECT_EQ(lowest_threshold_with_precision(scores, truths, 0.5, 1), 0.3F);
    EXPECT_EQ(lowest_threshold_with_precision(scores, truths, 0.6, 1), 0.6F);
    EXPECT_EQ(lowest_threshold_with_precision(scores, truths, 0.5, 2), std::nullopt) << "1.5625 clips";
}

TEST(PrecisionThreshold, needs_clips_that_have_the_tag) {
    const std::vector<float> scores{0.9F, 0.8F};
    const std::vector<float> truths{1, 0};
    EXPECT_EQ(lowest_threshold_with_precision(scores, truths, 0.5, 2), std::nullopt);
    EXPECT_EQ(lowest_threshold_with_precision(scores, std::vector<float>{0, 1}, 0.9, 1), std::nullopt);
}

}  // namespace
}  // namespace earmark
