#include "training/calibration/platt.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/calibration_examples.h"

namespace earmark {
namespace {

TEST(Platt, is_that_of_scikit_learn_with_the_same_targets) {
    const auto examples = read_calibration_examples();
    const auto rows = read_golden_rows("platt.tsv");
    ASSERT_EQ(rows.size(), examples.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Calibration calibration = fit_platt(examples[i].probabilities, examples[i].truths);
        EXPECT_EQ(calibration.kind, Calibration::Kind::platt);
        EXPECT_NEAR(calibration.slope, rows[i][1], 1e-4);
        EXPECT_NEAR(calibration.intercept, rows[i][2], 1e-4);
    }
}

TEST(Platt, counts_a_clip_that_probably_has_the_tag_as_so_much_of_a_clip) {
    std::vector<float> probabilities(400, 0.2F);
    std::vector<float> truths(400, 0.25F);
    probabilities.resize(800, 0.8F);
    truths.resize(800, 0.75F);
    const Calibration calibration = fit_platt(probabilities, truths);
    EXPECT_NEAR(calibration.apply(0.2F), 0.25F, 2e-3F);
    EXPECT_NEAR(calibration.apply(0.8F), 0.75F, 2e-3F);
}

TEST(Platt, is_identity_where_no_clip_or_every_clip_has_the_tag) {
    const std::vector<float> probabilities{0.2F, 0.7F};
    const float unknown = std::nanf("");
    for (const std::vector<float>& truths : {std::vector<float>{0, 0}, {1, 1}, {1, unknown}, {unknown, unknown}})
        EXPECT_EQ(fit_platt(probabilities, truths), Calibration{});
}

TEST(Platt, gives_every_clip_the_frequency_where_high_probabilities_are_wrong) {
    const Calibration calibration =
        fit_platt(std::vector<float>{0.9F, 0.8F, 0.1F, 0.2F}, std::vector<float>{0, 0, 1, 1});
    EXPECT_EQ(calibration.slope, 0.0F);
    EXPECT_NEAR(calibration.apply(0.9F), 0.5F, 1e-6F);
}

TEST(Platt, is_finite_where_one_probability_separates_the_clips) {
    const Calibration calibration =
        fit_platt(std::vector<float>{1.0F, 1.0F, 0.0F, 0.0F}, std::vector<float>{1, 1, 0, 0});
    EXPECT_GT(calibration.slope, 0.0F);
    EXPECT_NEAR(calibration.apply(1.0F), 0.75F, 1e-3F);
    EXPECT_NEAR(calibration.apply(0.0F), 0.25F, 1e-3F);
}

}  // namespace
}  // namespace earmark
