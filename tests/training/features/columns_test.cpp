#include "training/features/columns.h"

#include <gmock/gmock.h>

namespace earmark {
namespace {

TEST(Columns, are_joined_side_by_side_and_taken_out_again) {
    const Matrix left(2, 2, {1, 2, 3, 4});
    const Matrix right(2, 1, {5, 6});
    const Matrix joined = side_by_side({&left, &right});
    EXPECT_THAT(joined.values(), testing::ElementsAre(1, 2, 5, 3, 4, 6));
    EXPECT_THAT(columns(joined, 2, 1).values(), testing::ElementsAre(5, 6));
    EXPECT_THAT(columns(joined, 0, 2).values(), testing::ElementsAre(1, 2, 3, 4));
}

TEST(Columns, of_the_upper_matrix_are_above_those_of_the_lower) {
    const Matrix none(0, 2);
    const Matrix two(2, 2, {1, 2, 3, 4});
    EXPECT_THAT(above(two, Matrix(1, 2, {5, 6})).values(), testing::ElementsAre(1, 2, 3, 4, 5, 6));
    EXPECT_THAT(above(none, two).values(), testing::ElementsAre(1, 2, 3, 4));
}

}  // namespace
}  // namespace earmark
