#include "layers/prepared_layer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace earmark {
namespace {

using testing::ElementsAre;

PreparedLayer adder(Activation activation) {
    static const LayerWeights weights = {{1.0F, 2.0F}, {-10.0F}};  // outlives the layer
    return {DenseShape{2, 1, 2, 1}, weights, activation};
}

TEST(PreparedLayer, starts_with_an_input_of_zeros) {
    EXPECT_THAT(adder(Activation::none).input(), ElementsAre(0.0F, 0.0F, 0.0F, 0.0F));
}

TEST(PreparedLayer, dense_adds_weighted_inputs_and_bias) {
    PreparedLayer layer = adder(Activation::none);
    layer.run(std::vector<float>{1.0F, 1.0F, 10.0F, 20.0F});
    EXPECT_THAT(layer.output(), ElementsAre(-7.0F, 40.0F));
}

TEST(PreparedLayer, relu_makes_negative_outputs_zero) {
    PreparedLayer layer = adder(Activation::relu);
    layer.run(std::vector<float>{1.0F, 1.0F, 10.0F, 20.0F});
    EXPECT_THAT(layer.output(), ElementsAre(0.0F, 40.0F));
}

TEST(PreparedLayer, reads_its_own_input_again_after_another) {
    PreparedLayer layer = adder(Activation::none);
    layer.run(std::vector<float>{1.0F, 1.0F, 10.0F, 20.0F});
    layer.input()[1] = 3.0F;
    layer.run();
    EXPECT_THAT(layer.output(), ElementsAre(-4.0F, -10.0F));
}

TEST(PreparedLayer, leaves_foreign_input_as_it_was) {
    PreparedLayer layer = adder(Activation::relu);
    const std::vector<float> values = {1.0F, 1.0F, 10.0F, 20.0F};
    layer.run(values);
    EXPECT_THAT(values, ElementsAre(1.0F, 1.0F, 10.0F, 20.0F));
}

TEST(PreparedLayer, dense_over_frames_takes_weights_filter_after_filter) {
    const LayerWeights weights = {{1.0F, 10.0F, 100.0F, 1000.0F}, {0.0F}};
    PreparedLayer layer(DenseShape{1, 2, 2, 1}, weights, Activation::none);
    layer.run(std::vector<float>{1.0F, 2.0F, 3.0F, 4.0F});  // frame 0: 1, 2; frame 1: 3, 4
    EXPECT_THAT(layer.output(), ElementsAre(1.0F + 30.0F + 200.0F + 4000.0F));
}

TEST(PreparedLayer, convolution_does_not_reach_across_segments) {
    const LayerWeights weights = {{1.0F, 1.0F, 1.0F}, {0.5F}};
    PreparedLayer layer(ConvolutionShape{2, 2, 1, 1, 3}, weights, Activation::relu);
    layer.run(std::vector<float>{1.0F, 2.0F, 10.0F, 20.0F});
    EXPECT_THAT(layer.output(), ElementsAre(3.5F, 3.5F, 30.5F, 30.5F));
}

TEST(PreparedLayer, kernel_may_be_longer_than_the_segment) {
    const LayerWeights weights = {{1.0F, 2.0F, 3.0F, 4.0F, 5.0F}, {0.0F}};
    PreparedLayer layer(ConvolutionShape{1, 1, 1, 1, 5}, weights, Activation::relu);
    layer.run(std::vector<float>{7.0F});
    EXPECT_THAT(layer.output(), ElementsAre(21.0F));
}

}  // namespace
}  // namespace earmark
