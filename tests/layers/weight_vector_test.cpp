#include "earmark/weight_vector.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <new>
#include <numeric>
#include <utility>
#include <vector>

namespace earmark {
namespace {

constexpr std::size_t huge_page_bytes = std::size_t{2} << 20U;

std::uintptr_t place_in_huge_page(const WeightVector& weights) {
    return reinterpret_cast<std::uintptr_t>(weights.data()) % huge_page_bytes;
}

TEST(WeightVector, of_a_megabyte_or_more_begins_at_a_huge_page) {
    for (const std::size_t count : {std::size_t{1} << 18U, std::size_t{1} << 19U, (std::size_t{1} << 19U) + 1})
        EXPECT_EQ(place_in_huge_page(WeightVector(count)), 0U) << count;
}

TEST(WeightVector, keeps_its_values_when_it_grows_over_a_megabyte_and_is_copied_and_moved) {
    WeightVector weights(1000);
    std::iota(weights.begin(), weights.end(), 0.0F);
    weights.resize(std::size_t{1} << 20U);
    WeightVector copy = weights;
    const WeightVector moved = std::move(copy);
    EXPECT_EQ(moved, weights);
    EXPECT_EQ(moved[999], 999.0F);
    EXPECT_EQ(moved.back(), 0.0F);
}

TEST(WeightVector, has_the_values_that_it_is_made_of) {
    EXPECT_THAT(weight_vector(std::vector<float>{1.0F, -2.0F}), testing::ElementsAre(1.0F, -2.0F));
    EXPECT_THAT(weight_vector({}), testing::IsEmpty());
}

TEST(WeightAllocator, refuses_more_than_memory_can_have) {
    EXPECT_THROW(WeightAllocator<float>().allocate(std::numeric_limits<std::size_t>::max() / sizeof(float)),
                 std::bad_array_new_length);
}

}  // namespace
}  // namespace earmark
