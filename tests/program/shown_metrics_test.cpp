#include "apps/evaluate/shown_metrics.h"

#include <gtest/gtest.h>

#include <string>

namespace earmark {
namespace {

TEST(ShownMetrics, of_average_precision_have_an_interval_that_is_moved_by_its_bias) {
    const BootstrapDistribution lifted({0.4, 0.5, 0.6, 0.7});
    const auto check = [&](const ShownMetric& metric, auto) {
        const bool is_moved = std::string(metric.key) == "average_precision";
        EXPECT_EQ(metric.interval(0.45, lifted), is_moved ? lifted.unbiased_interval(0.45) : lifted.interval())
            << metric.key;
        EXPECT_EQ(metric.interval(std::nullopt, BootstrapDistribution()), std::nullopt);
    };
    for_each_tagging_mean(check);
    for_each_tag_metric(check);
    ASSERT_NE(lifted.unbiased_interval(0.45), lifted.interval());
}

}  // namespace
}  // namespace earmark
