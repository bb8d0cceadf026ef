#include "apps/evaluate/shown_figures.h"

#include <gtest/gtest.h>

#include <string>

namespace earmark {
namespace {

TEST(ShownFigures, of_average_precision_have_an_interval_that_is_moved_by_its_bias) {
    const BootstrapDistribution lifted({0.4, 0.5, 0.6, 0.7});
    const auto check = [&](const ShownFigure& figure, auto) {
        const bool is_moved = std::string(figure.key) == "average_precision";
        EXPECT_EQ(figure.interval(0.45, lifted), is_moved ? lifted.unbiased_interval(0.45) : lifted.interval())
            << figure.key;
        EXPECT_EQ(figure.interval(std::nullopt, BootstrapDistribution()), std::nullopt);
    };
    for_each_tagging_mean(check);
    for_each_tag_figure(check);
    ASSERT_NE(lifted.unbiased_interval(0.45), lifted.interval());
}

}  // namespace
}  // namespace earmark
