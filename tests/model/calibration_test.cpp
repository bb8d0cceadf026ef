#include "earmark/calibration.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <limits>

namespace earmark {
namespace {

TEST(Calibration, is_identity_at_first) {
    for (const float probability : {0.0F, 1e-30F, 0.3F, 1.0F}) {
        EXPECT_EQ(Calibration{}.apply(probability), probability);
    }
}

TEST(Calibration, of_platt_is_what_scikit_learn_predicts) {
    std::ifstream file(EARMARK_GOLDEN_DIR "/model/calibration.tsv");
    float slope = 0.0F;
    float intercept = 0.0F;
    float probability = 0.0F;
    double expected = 0.0;
    int count = 0;
    while (file >> slope >> intercept >> probability >> expected) {
        EXPECT_NEAR(Calibration::platt(slope, intercept).apply(probability), expected, 1e-7)
            << slope << ' ' << intercept << ' ' << probability;
        ++count;
    }
    EXPECT_GT(count, 100);
}

TEST(Calibration, of_platt_with_slope_1_and_intercept_0_changes_nothing_to_speak_of) {
    for (const float probability : {1e-7F, 0.001F, 0.3F, 0.5F, 0.97F, 0.999999F}) {
        EXPECT_NEAR(Calibration::platt(1.0F, 0.0F).apply(probability), probability, 1e-7F);
    }
}

class CalibrationInRange : public testing::TestWithParam<Calibration> {};

TEST_P(CalibrationInRange, gives_probabilities_that_do_not_fall) {
    float before = 0.0F;
    for (int i = 0; i <= 1000; ++i) {
        const float probability = GetParam().apply(static_cast<float>(i) / 1000.0F);
        EXPECT_GE(probability, before) << i;
        EXPECT_LE(probability, 1.0F) << i;
        before = probability;
    }
}

constexpr float greatest = std::numeric_limits<float>::max();

INSTANTIATE_TEST_SUITE_P(Parameters, CalibrationInRange,
                         testing::Values(Calibration{}, Calibration::platt(0.0F, -1.5F), Calibration::platt(0.3F, 4.0F),
                                         Calibration::platt(8.0F, 0.5F), Calibration::platt(greatest, greatest),
                                         Calibration::platt(greatest, -greatest), Calibration::platt(1e-40F, 0.0F)));

}  // namespace
}  // namespace earmark
