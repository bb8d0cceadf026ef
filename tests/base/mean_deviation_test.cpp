#include "base/mean_deviation.h"

#include <gmock/gmock.h>

#include <cmath>
#include <numeric>

namespace earmark {
namespace {

using testing::DoubleEq;
using testing::DoubleNear;
using testing::ElementsAre;

std::vector<float> one_to(std::size_t count, float offset) {
    std::vector<float> values(count);
    std::iota(values.begin(), values.end(), 1.0F);
    for (float& value : values) value += offset;
    return values;
}

TEST(MeanDeviation, of_known_numbers) {
    MeanDeviation spread;
    spread.add(std::vector<float>{2, 4, 4, 4, 5, 5, 7, 9});
    EXPECT_EQ(spread.count(), 8U);
    EXPECT_DOUBLE_EQ(spread.mean(), 5.0);
    EXPECT_DOUBLE_EQ(spread.deviation(), 2.0);
}

TEST(MeanDeviation, of_nothing_is_zero) {
    MeanDeviation spread;
    spread.add(std::vector<float>{});
    spread.add(MeanDeviation());
    EXPECT_EQ(spread.count(), 0U);
    EXPECT_EQ(spread.mean(), 0.0);
    EXPECT_EQ(spread.deviation(), 0.0);
}

// 1 to n deviates by sqrt((n^2 - 1) / 12) from its mean (n + 1) / 2. Some blocks and a rest.
TEST(MeanDeviation, of_many_numbers_does_not_depend_on_the_portions_in_which_they_come) {
    const std::vector<float> values = one_to(100'003, 0.0F);
    const double expected = std::sqrt((100'003.0 * 100'003.0 - 1.0) / 12.0);
    for (const std::size_t portion : {std::size_t{1}, std::size_t{7}, std::size_t{4096}, values.size()}) {
        MeanDeviation spread;
        for (std::span<const float> rest = values; !rest.empty();) {
            const std::size_t count = std::min(portion, rest.size());
            spread.add(rest.first(count));
            rest = rest.subspan(count);
        }
        EXPECT_EQ(spread.count(), values.size());
        EXPECT_NEAR(spread.mean(), 50'002.0, 1e-8);
        EXPECT_NEAR(spread.deviation(), expected, 1e-8);
    }
}

// The variance is 80. By the sum of squares it is 1172, since 1e8 squared takes 16 digits.
TEST(MeanDeviation, is_right_far_from_zero_where_a_sum_of_squares_is_not) {
    std::vector<float> values;
    for (int i = 0; i < 10'000; ++i) values.push_back(1e8F + 8.0F * static_cast<float>(i % 4));
    double sum = 0.0;
    double square_sum = 0.0;
    for (const double value : values) {
        sum += value;
        square_sum += value * value;
    }
    const auto count = static_cast<double>(values.size());
    EXPECT_GT(square_sum / count - sum / count * sum / count, 1000.0) << "this case shows nothing";

    MeanDeviation at_once;
    at_once.add(values);
    MeanDeviation one_by_one;
    for (const float& value : values) one_by_one.add(std::span(&value, 1));
    ColumnMeanDeviation columns(1);
    for (const float& value : values) columns.add(std::span(&value, 1));
    for (const double deviation : {at_once.deviation(), one_by_one.deviation(), columns.deviations()[0]}) {
        EXPECT_NEAR(deviation, std::sqrt(80.0), 1e-7);
    }
}

TEST(MeanDeviation, of_equal_numbers_is_zero) {
    const std::vector<float> values(10'001, 0.1F);
    MeanDeviation spread;
    spread.add(values);
    EXPECT_NEAR(spread.deviation(), 0.0, 1e-15);
    ColumnMeanDeviation columns(1);
    for (const float& value : values) columns.add(std::span(&value, 1));
    EXPECT_EQ(columns.deviations()[0], 0.0);
}

TEST(MeanDeviation, of_merged_portions_is_that_of_the_whole) {
    const std::vector<float> values = one_to(1000, 1e6F);
    MeanDeviation whole;
    whole.add(values);
    MeanDeviation first;
    MeanDeviation second;
    first.add(std::span(values).first(300));
    second.add(std::span(values).subspan(300));
    first.add(second);
    EXPECT_EQ(first.count(), whole.count());
    EXPECT_DOUBLE_EQ(first.mean(), whole.mean());
    EXPECT_NEAR(first.deviation(), whole.deviation(), 1e-9);
}

TEST(ColumnMeanDeviation, keeps_the_columns_apart) {
    ColumnMeanDeviation columns(2);
    for (const std::vector<double>& row : {std::vector{1.0, 1e9}, {3.0, 1e9 + 2}, {5.0, 1e9 + 4}}) {
        columns.add(std::span(row));
    }
    EXPECT_THAT(columns.means(), ElementsAre(DoubleEq(3.0), DoubleEq(1e9 + 2)));
    const double expected = std::sqrt(8.0 / 3.0);
    EXPECT_THAT(columns.deviations(), ElementsAre(DoubleEq(expected), DoubleNear(expected, 1e-9)));
}

TEST(ColumnMeanDeviation, without_rows_is_zero) {
    const ColumnMeanDeviation columns(2);
    EXPECT_THAT(columns.means(), ElementsAre(0.0, 0.0));
    EXPECT_THAT(columns.deviations(), ElementsAre(0.0, 0.0));
}

}  // namespace
}  // namespace earmark
