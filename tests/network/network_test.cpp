#include "earmark/network.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <thread>

#include "tests/support/golden_file.h"
#include "tests/support/small_model.h"
#include "tests/support/whole_stages.h"

namespace earmark {
namespace {

constexpr std::size_t mel_band_count = 16;
// With AVX2, oneDNN's dense layers add up in another order in a block's last rows.
constexpr double rounding = 1e-6;

NetworkArchitecture odd_architecture() { return {29, {{5, 7, 2}, {4, 10, 3}, {2, 9, 1}}, 10}; }

Network make_network(const NetworkArchitecture& architecture = odd_architecture()) {
    return {architecture, static_cast<int>(mel_band_count), formula_network(architecture, mel_band_count, 4, 1)};
}

Matrix segments_of(const NetworkArchitecture& architecture, std::size_t segment_count) {
    return Lcg(9).matrix(2.0F, segment_count * static_cast<std::size_t>(architecture.segment_frames), mel_band_count);
}

Matrix rows_of(const Matrix& matrix, std::size_t first, std::size_t count) {
    const auto values = matrix.rows(first, count);
    return {count, matrix.column_count(), {values.begin(), values.end()}};
}

TEST(Network, gives_a_row_for_each_segment) {
    Network network = make_network();
    const Matrix maxima = level_maxima(network, segments_of(odd_architecture(), 3));
    EXPECT_EQ(maxima.row_count(), 3U);
    EXPECT_EQ(maxima.column_count(), 26U);
}

TEST(Network, gives_no_rows_for_no_segments) {
    Network network = make_network();
    const Matrix none(0, mel_band_count);
    EXPECT_EQ(level_maxima(network, none).row_count(), 0U);
    EXPECT_EQ(network.probabilities(none.values()).row_count(), 0U);
    EXPECT_EQ(network.activations(none.values())[2].row_count(), 0U);
}

TEST(Network, activations_have_the_frames_and_filters_of_their_level) {
    Network network = make_network();
    const auto activations = network.activations(segments_of(odd_architecture(), 2).values());
    ASSERT_EQ(activations.size(), 3U);
    EXPECT_EQ(activations[0].row_count(), 2U * 29);
    EXPECT_EQ(activations[1].row_count(), 2U * 14);
    EXPECT_EQ(activations[2].row_count(), 2U * 4);
    EXPECT_EQ(activations[1].column_count(), 10U);
}

TEST(Network, activations_are_not_negative_and_not_all_zero) {
    Network network = make_network();
    for (const Matrix& activation : network.activations(segments_of(odd_architecture(), 2).values())) {
        EXPECT_THAT(activation.values(), testing::Each(testing::Ge(0.0F)));
        EXPECT_THAT(activation.values(), testing::Contains(testing::Gt(0.01F)));
    }
}

TEST(Network, level_maxima_are_the_greatest_activations_of_each_segment) {
    Network network = make_network();
    const Matrix segments = segments_of(odd_architecture(), 13);
    const Matrix maxima = level_maxima(network, segments);
    const std::vector<Matrix> activations = network.activations(segments.values());
    std::size_t column = 0;
    for (const Matrix& activation : activations) {
        const std::size_t frame_count = activation.row_count() / 13;
        for (std::size_t filter = 0; filter < activation.column_count(); ++filter, ++column) {
            for (std::size_t segment = 0; segment < 13; ++segment) {
                float greatest = 0.0F;
                for (std::size_t frame = 0; frame < frame_count; ++frame) {
                    greatest = std::max(greatest, activation(segment * frame_count + frame, filter));
                }
                EXPECT_EQ(maxima(segment, column), greatest) << "segment " << segment << ", column " << column;
            }
        }
    }
}

TEST(Network, probabilities_are_between_0_and_1) {
    Network network = make_network();
    const Matrix probabilities = network.probabilities(segments_of(odd_architecture(), 20).values());
    EXPECT_THAT(probabilities.values(), testing::Each(testing::AllOf(testing::Gt(0.0F), testing::Lt(1.0F))));
}

TEST(Network, probabilities_of_vast_activations_are_0_or_1_and_not_nan) {
    Network network = make_network();
    Matrix segments = segments_of(odd_architecture(), 1);
    std::ranges::for_each(segments.values(), [](float& value) { value *= 1e30F; });
    EXPECT_THAT(network.probabilities(segments.values()).values(), testing::Each(testing::AnyOf(0.0F, 1.0F)));
}

TEST(Network, with_weights_of_zero_gives_the_activation_of_the_biases) {
    NetworkWeights weights = formula_network(odd_architecture(), mel_band_count, 4, 1);
    for (LayerWeights* layer : {&weights.convolutions[0], &weights.convolutions[1], &weights.convolutions[2]}) {
        std::ranges::fill(layer->weights, 0.0F);
    }
    std::ranges::fill(weights.convolutions[1].biases, 0.25F);
    std::ranges::fill(weights.convolutions[2].biases, -0.25F);
    Network network(odd_architecture(), static_cast<int>(mel_band_count), weights);
    const Matrix maxima = level_maxima(network, segments_of(odd_architecture(), 1));
    EXPECT_THAT(maxima.row(0).subspan(7, 10), testing::Each(0.25F));
    EXPECT_THAT(maxima.row(0).subspan(17, 9), testing::Each(0.0F));
}

TEST(Network, pads_an_even_kernel_with_its_extra_frame_at_the_end) {
    // One band, one filter: output(t) = 1 x(t) + 10 x(t + 1).
    const NetworkArchitecture architecture = {3, {{2, 1, 1}}, 1};
    NetworkWeights weights;
    weights.convolutions = {{{1.0F, 10.0F}, {0.0F}}};
    weights.dense = {{1.0F, 1.0F, 1.0F}, {0.0F}};
    weights.output = {{1.0F}, {0.0F}};
    Network network(architecture, 1, weights);
    const std::vector<Matrix> activations = network.activations(Matrix(3, 1, {1.0F, 2.0F, 3.0F}).values());
    EXPECT_THAT(activations[0].values(), testing::ElementsAre(21.0F, 32.0F, 3.0F));
}

TEST(Network, dense_layer_reads_filter_after_filter) {
    // Two filters that copy two bands, two frames left; the dense unit sees filter 0 frame 1 alone.
    const NetworkArchitecture architecture = {2, {{1, 2, 1}}, 1};
    NetworkWeights weights;
    weights.convolutions = {{{1.0F, 0.0F, 0.0F, 1.0F}, {0.0F, 0.0F}}};
    weights.dense = {{0.0F, 1.0F, 0.0F, 0.0F}, {0.0F}};
    weights.output = {{1.0F}, {0.0F}};
    Network network(architecture, 2, weights);
    const Matrix segment(2, 2, {1.0F, 5.0F, 2.0F, 7.0F});
    EXPECT_NEAR(network.probabilities(segment.values())(0, 0), 1.0 / (1.0 + std::exp(-2.0)), 1e-6);
}

// Counts around the sizes of the blocks in which segments run.
class SegmentCount : public testing::TestWithParam<std::size_t> {};

TEST_P(SegmentCount, does_not_change_what_one_segment_gives) {
    const NetworkArchitecture architecture = odd_architecture();
    const auto frames = static_cast<std::size_t>(architecture.segment_frames);
    Network network = make_network(architecture);
    const Matrix segments = segments_of(architecture, GetParam());
    const Matrix maxima = level_maxima(network, segments);
    const Matrix probabilities = network.probabilities(segments.values());
    for (std::size_t segment = 0; segment < GetParam(); ++segment) {
        const Matrix one = rows_of(segments, segment * frames, frames);
        EXPECT_EQ(greatest_difference(level_maxima(network, one), rows_of(maxima, segment, 1)), 0.0) << segment;
        EXPECT_LT(greatest_difference(network.probabilities(one.values()), rows_of(probabilities, segment, 1)),
                  rounding)
            << segment;
    }
}

INSTANTIATE_TEST_SUITE_P(Counts, SegmentCount, testing::Values(1, 7, 8, 9, 16, 65), testing::PrintToStringParamName());

TEST(Network, does_not_care_about_the_order_of_segments) {
    const NetworkArchitecture architecture = odd_architecture();
    Network network = make_network(architecture);
    const Matrix segments = segments_of(architecture, 21);
    Matrix reversed(segments.row_count(), mel_band_count);
    for (std::size_t segment = 0; segment < 21; ++segment) {
        std::ranges::copy(segments.rows(segment * 29, 29), reversed.rows((20 - segment) * 29, 29).begin());
    }
    const Matrix maxima = level_maxima(network, segments);
    const Matrix reversed_maxima = level_maxima(network, reversed);
    for (std::size_t segment = 0; segment < 21; ++segment) {
        EXPECT_EQ(greatest_difference(maxima.row(segment), reversed_maxima.row(20 - segment)), 0.0) << segment;
    }
}

TEST(Network, forgets_what_it_ran_before) {
    Network network = make_network();
    const Matrix segments = segments_of(odd_architecture(), 3);
    const Matrix before = level_maxima(network, segments);
    Matrix nonsense(8 * 29, mel_band_count);
    std::ranges::fill(nonsense.values(), std::numeric_limits<float>::quiet_NaN());
    network.probabilities(nonsense.values());
    EXPECT_EQ(greatest_difference(level_maxima(network, segments), before), 0.0);
}

TEST(Network, splits_a_clip_of_hours_into_blocks) {
    const NetworkArchitecture architecture = {4, {{3, 4, 2}}, 2};
    Network network = make_network(architecture);
    const Matrix segments = segments_of(architecture, 20'001);
    const Matrix maxima = level_maxima(network, segments);
    ASSERT_EQ(maxima.row_count(), 20'001U);
    const Matrix last = rows_of(segments, 20'000 * 4, 4);
    EXPECT_EQ(greatest_difference(level_maxima(network, last).row(0), maxima.row(20'000)), 0.0);
}

TEST(Network, of_one_frame_segments_runs) {
    const NetworkArchitecture architecture = {1, {{1, 3, 1}, {7, 2, 1}}, 2};
    Network network = make_network(architecture);
    const Matrix segments = segments_of(architecture, 100);
    const Matrix maxima = level_maxima(network, segments);
    const std::vector<Matrix> activations = network.activations(segments.values());
    EXPECT_EQ(greatest_difference(maxima.row(99).first(3), activations[0].row(99)), 0.0);
    EXPECT_EQ(greatest_difference(maxima.row(99).last(2), activations[1].row(99)), 0.0);
}

TEST(Network, that_was_moved_gives_the_same) {
    Network network = make_network();
    const Matrix segments = segments_of(odd_architecture(), 2);
    const Matrix before = level_maxima(network, segments);
    Network moved = std::move(network);
    EXPECT_EQ(greatest_difference(level_maxima(moved, segments), before), 0.0);
}

}  // namespace
}  // namespace earmark
