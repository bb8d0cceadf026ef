// Exact search for the nearest rows.
#include "search/int8_matrix.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "earmark/embedding.h"
#include "search/quantized_embedding.h"
#include "tests/search/test_matrix.h"

namespace earmark {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::IsEmpty;

std::vector<float> random_numbers(std::size_t count, std::mt19937& random) {
    std::normal_distribution<float> normal;
    std::vector<float> numbers(count);
    for (float& number : numbers) number = normal(random);
    return numbers;
}

TEST(Int8Matrix, gives_the_cosines_that_float_arithmetic_gives) {
    std::mt19937 random(1);
    for (const std::size_t column_count : {1U, 3U, 31U, 64U, 1792U, 4608U, 20'000U}) {
        TestMatrix rows;
        for (int i = 0; i < 11; ++i) rows.add(random_numbers(column_count, random));
        const std::vector<float> query = random_numbers(column_count, random);
        const std::vector<float> found = cosines(rows.matrix(), query);
        for (std::size_t i = 0; i < 11; ++i) {
            const std::vector<float> row = dequantize(rows.matrix().row(i), 1.0F);
            EXPECT_NEAR(found[i], cosine_similarity(row, query), 3e-4) << column_count << " columns, row " << i;
        }
    }
}

TEST(Int8Matrix, does_not_overflow_with_the_greatest_numbers) {
    for (const std::size_t column_count : {4608U, 100'000U}) {
        TestMatrix rows;
        for (int i = 0; i < 5; ++i) rows.add(std::vector<std::int8_t>(column_count, i % 2 == 0 ? 127 : -127));
        const std::vector<float> found = cosines(rows.matrix(), std::vector<float>(column_count, 1e30F));
        for (std::size_t i = 0; i < 5; ++i) EXPECT_NEAR(found[i], i % 2 == 0 ? 1.0 : -1.0, 1e-6) << column_count;
        EXPECT_NEAR(cosine_of_rows(rows.matrix(), 0, 1), -1.0, 1e-6);
    }
}

TEST(Int8Matrix, has_a_cosine_of_zero_where_a_vector_has_no_length) {
    TestMatrix rows;
    rows.add(std::vector<std::int8_t>{0, 0, 0});
    rows.add(std::vector<std::int8_t>{1, 2, 3});
    EXPECT_THAT(cosines(rows.matrix(), std::vector<float>(3, 0.0F)), Each(0.0F));
    EXPECT_EQ(cosines(rows.matrix(), std::vector<float>{1, 2, 3})[0], 0.0F);
    EXPECT_EQ(cosine_of_rows(rows.matrix(), 0, 1), 0.0F);
}

TEST(Int8Matrix, may_have_no_rows) {
    EXPECT_THAT(cosines(Int8Matrix({}, {}, 3), std::vector<float>(3, 1.0F)), IsEmpty());
}

TEST(Int8Matrix, finds_nearly_the_same_ten_as_float32_and_the_same_first) {
    std::mt19937 random(2);
    constexpr std::size_t column_count = 512;
    TestMatrix rows;
    std::vector<std::vector<float>> numbers;
    for (int i = 0; i < 500; ++i) {
        numbers.push_back(random_numbers(column_count, random));
        rows.add(numbers.back());
    }
    std::size_t same_count = 0;
    for (std::size_t query = 0; query < 20; ++query) {
        std::vector<float> exact;
        for (const std::vector<float>& row : numbers)
            exact.push_back(static_cast<float>(cosine_similarity(row, numbers[query])));
        const std::vector<std::size_t> expected = indices_of_greatest(exact, 11);
        const std::vector<std::size_t> found = indices_of_greatest(cosines(rows.matrix(), numbers[query]), 11);
        EXPECT_EQ(found.front(), query);
        for (const std::size_t index : expected)
            same_count += static_cast<std::size_t>(std::ranges::count(found, index));
    }
    EXPECT_GE(same_count, 210U) << "of 220";
}

TEST(IndicesOfGreatest, are_ordered_with_equals_in_their_order) {
    const std::vector<float> values{0.5F, 0.9F, 0.5F, -1.0F, 0.9F};
    EXPECT_THAT(indices_of_greatest(values, 3), ElementsAre(1, 4, 0));
    EXPECT_THAT(indices_of_greatest(values, 9), ElementsAre(1, 4, 0, 2, 3));
    EXPECT_THAT(indices_of_greatest({}, 3), IsEmpty());
}

}  // namespace
}  // namespace earmark
