#include "training/gate/gate_fit.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "tests/support/lcg.h"

namespace earmark {
namespace {

constexpr std::size_t length = 12;

// Values within +-1; those of the first three columns within +-3, and the fourth is moved.
Matrix some_clips(std::size_t count, std::uint32_t seed, float fourth) {
    Lcg lcg(seed);
    Matrix clips(count, length, lcg.values(1.0F, count * length));
    for (std::size_t row = 0; row < count; ++row) {
        for (std::size_t column = 0; column < 3; ++column) clips(row, column) *= 3.0F;
        clips(row, 3) += fourth;
    }
    return clips;
}

class FitGate : public testing::Test {
protected:
    GateClips clips_{some_clips(200, 1, 0.5F), some_clips(150, 2, -0.5F), some_clips(200, 1, 0.5F),
                     some_clips(100, 3, 0.5F), some_clips(60, 4, -0.5F)};
    Gate gate_ = fit_gate(clips_, 3);
};

TEST_F(FitGate, is_where_the_loss_has_no_gradient) {
    std::vector<double> gradient(length + 1);
    const auto add = [&](const Matrix& clips, double target) {
        for (std::size_t row = 0; row < clips.row_count(); ++row) {
            const double probability = measure(gate_, clips.row(row)).music_probability;
            const double difference = 0.5 * (probability - target) / static_cast<double>(clips.row_count());
            for (std::size_t i = 0; i < length; ++i) gradient[i] += difference * static_cast<double>(clips(row, i));
            gradient[length] += difference;
        }
    };
    add(clips_.music, 1.0);
    add(clips_.not_music, 0.0);
    for (std::size_t i = 0; i < length; ++i)
        EXPECT_NEAR(gradient[i] + 0.01 * static_cast<double>(gate_.music_weights[i]), 0.0, 1e-6);
    EXPECT_NEAR(gradient[length], 0.0, 1e-6);
}

TEST_F(FitGate, has_orthonormal_components_along_the_greatest_variances) {
    ASSERT_EQ(gate_.component_count, 3);
    for (std::size_t a = 0; a < 3; ++a) {
        double within = 0.0;
        for (std::size_t i = 0; i < 3; ++i)
            within += std::pow(static_cast<double>(gate_.components[a * length + i]), 2);
        EXPECT_GT(within, 0.95);
        for (std::size_t b = 0; b < 3; ++b) {
            double product = 0.0;
            for (std::size_t i = 0; i < length; ++i) {
                product += static_cast<double>(gate_.components[a * length + i]) *
                           static_cast<double>(gate_.components[b * length + i]);
            }
            EXPECT_NEAR(product, a == b ? 1.0 : 0.0, 1e-6);
        }
    }
}

TEST_F(FitGate, calls_at_most_one_in_twenty_of_the_validation_clips_unlike_and_not_music) {
    int not_music_count = 0;
    int unlike_count = 0;
    for (std::size_t row = 0; row < clips_.valid_music.row_count(); ++row) {
        const GateMeasures measures = measure(gate_, clips_.valid_music.row(row));
        not_music_count += measures.music_probability < static_cast<double>(gate_.least_music_probability);
        unlike_count += measures.distance > static_cast<double>(gate_.greatest_distance);
    }
    EXPECT_LE(not_music_count, 4);
    EXPECT_EQ(unlike_count, 5);
}

TEST(FitGateOfFewClips, has_no_more_components_than_clips) {
    const Gate gate = fit_gate({some_clips(2, 1, 0.5F), some_clips(2, 2, -0.5F), some_clips(2, 1, 0.5F),
                                some_clips(1, 3, 0.5F), Matrix(0, length)},
                               32);
    EXPECT_EQ(gate.component_count, 2);
    for (const float value : gate.components) EXPECT_TRUE(std::isfinite(value));
}

}  // namespace
}  // namespace earmark
