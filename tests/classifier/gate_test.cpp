#include "earmark/gate.h"

#include <gtest/gtest.h>

#include <cmath>

namespace earmark {
namespace {

TEST(Gate, measures_the_logistic_regression_and_what_the_components_leave) {
    const Gate gate{{0.5F, -1.0F, 0.25F}, 0.75F, 0.5F, {1.0F, 0.0F, 0.0F, 0.0F, 0.6F, 0.8F}, 2, 1.0F};
    const std::vector<float> embedding{2.0F, 5.0F, 0.0F};
    const GateMeasures measures = measure(gate, embedding);
    EXPECT_NEAR(measures.music_probability, 1.0 / (1.0 + std::exp(3.25)), 1e-12);
    // (2, 5, 0) less 2 (1, 0, 0) less 3 (0, 0.6, 0.8) is (0, 3.2, -2.4), of length 4.
    EXPECT_NEAR(measures.distance, 4.0 / std::sqrt(3.0), 1e-6);
}

TEST(Gate, has_no_distance_for_what_is_along_its_components) {
    const Gate gate{{0.0F, 0.0F}, 0.0F, 0.5F, {0.6F, 0.8F}, 1, 1.0F};
    EXPECT_NEAR(measure(gate, std::vector<float>{3.0F, 4.0F}).distance, 0.0, 1e-6);
}

}  // namespace
}  // namespace earmark
