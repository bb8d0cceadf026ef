#include "network/pooling.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace earmark {
namespace {

using testing::ElementsAre;

// Five frames of two filters.
const std::vector<float> activation = {1, 50, 4, 20, 3, 30, 2, 10, 9, 40};

TEST(Pooling, takes_the_maximum_of_each_window) {
    std::vector<float> pooled(4);
    std::vector<float> maxima(2);
    pool_segment(activation, 2, pooled, maxima);
    EXPECT_THAT(pooled, ElementsAre(4, 50, 3, 30));
}

TEST(Pooling, counts_frames_of_no_window_for_the_maximum_over_time) {
    std::vector<float> pooled(4);
    std::vector<float> maxima(2);
    pool_segment(activation, 2, pooled, maxima);
    EXPECT_THAT(maxima, ElementsAre(9, 50));
}

TEST(Pooling, of_one_frame_copies) {
    std::vector<float> pooled(10);
    std::vector<float> maxima(2);
    pool_segment(activation, 1, pooled, maxima);
    EXPECT_EQ(pooled, activation);
    EXPECT_THAT(maxima, ElementsAre(9, 50));
}

TEST(Pooling, of_all_frames_is_the_maximum_over_time) {
    std::vector<float> pooled(2);
    std::vector<float> maxima(2);
    pool_segment(activation, 5, pooled, maxima);
    EXPECT_EQ(pooled, maxima);
}

TEST(Pooling, overwrites_what_was_there) {
    std::vector<float> pooled(4, 99.0F);
    std::vector<float> maxima(2, 99.0F);
    pool_segment(activation, 2, pooled, maxima);
    EXPECT_THAT(pooled, testing::Not(testing::Contains(99.0F)));
    EXPECT_THAT(maxima, testing::Not(testing::Contains(99.0F)));
}

TEST(Pooling, works_on_negative_values) {
    std::vector<float> pooled(1);
    std::vector<float> maxima(1);
    pool_segment(std::vector<float>{-3, -2, -1}, 2, pooled, maxima);
    EXPECT_THAT(pooled, ElementsAre(-2));
    EXPECT_THAT(maxima, ElementsAre(-1));
}

}  // namespace
}  // namespace earmark
