#include "metrics/bootstrap.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <stdexcept>
#include <stop_token>

#include "earmark/error.h"
#include "tests/metrics/golden.h"

namespace earmark::test {
namespace {

using Row = std::vector<std::optional<double>>;
using Counts = std::span<const std::uint32_t>;

ScoreFunction mean_of(const std::vector<double>& values) {
    return [values](Counts counts) {
        double sum = 0.0;
        for (std::size_t i = 0; i < values.size(); ++i) sum += counts[i] * values[i];
        return Row{sum / static_cast<double>(values.size())};
    };
}

std::vector<double> normal_values(std::size_t count, unsigned seed) {
    std::mt19937 random(seed);
    std::normal_distribution<double> normal;
    std::vector<double> values(count);
    for (double& value : values) value = normal(random);
    return values;
}

Interval interval_of_mean(const std::vector<double>& values, std::uint64_t seed, std::size_t thread_count = 1) {
    return bootstrap(Resampling(values.size(), seed), 1000, mean_of(values), thread_count).at(0).interval().value();
}

TEST(BootstrapDistribution, has_the_percentiles_of_numpy) {
    auto file = open_golden("percentiles.txt");
    double percent = 0.0, low = 0.0, high = 0.0;
    int case_count = 0;
    while (file >> percent >> low >> high >> std::ws) {
        std::string line;
        std::getline(file, line);
        std::istringstream words(line);
        std::vector<double> values;
        for (double value = 0.0; words >> value;) values.push_back(value);
        const Interval interval = BootstrapDistribution(values).interval(percent / 100.0).value();
        EXPECT_NEAR(interval.low, low, 1e-12);
        EXPECT_NEAR(interval.high, high, 1e-12);
        ++case_count;
    }
    EXPECT_EQ(case_count, 6);
}

TEST(BootstrapDistribution, has_the_proportion_at_or_below_a_bound) {
    const BootstrapDistribution distribution({0.5, -0.1, 0.0, 0.2});
    EXPECT_EQ(distribution.share_at_or_below(0.0), 0.5);
    EXPECT_EQ(distribution.share_at_or_below(-1.0), 0.0);
    EXPECT_EQ(distribution.share_at_or_below(0.5), 1.0);
}

TEST(BootstrapDistribution, without_values_is_undefined) {
    EXPECT_FALSE(BootstrapDistribution().interval());
    EXPECT_FALSE(BootstrapDistribution().share_at_or_below(0.0));
}

TEST(Bootstrap, moves_an_interval_by_the_bias_of_the_resamples) {
    const BootstrapDistribution lifted({0.4, 0.5, 0.6, 0.7});  // mean 0.55
    const Interval percentile = lifted.interval().value();
    const Interval moved = lifted.unbiased_interval(0.45).value();
    EXPECT_NEAR(moved.low, percentile.low - 0.1, 1e-12);
    EXPECT_NEAR(moved.high, percentile.high - 0.1, 1e-12);
    EXPECT_EQ(lifted.unbiased_interval(0.1).value().low, 0.0);
    EXPECT_EQ(lifted.unbiased_interval(0.95).value().high, 1.0);
    EXPECT_FALSE(BootstrapDistribution().unbiased_interval(0.5));
}

TEST(Bootstrap, gives_the_same_interval_for_the_same_seed) {
    const auto values = normal_values(80, 1);
    EXPECT_EQ(interval_of_mean(values, 3), interval_of_mean(values, 3));
    EXPECT_NE(interval_of_mean(values, 3), interval_of_mean(values, 4));
}

TEST(Bootstrap, does_not_depend_on_the_number_of_threads) {
    const auto values = normal_values(80, 1);
    EXPECT_EQ(interval_of_mean(values, 3, 1), interval_of_mean(values, 3, 3));
    EXPECT_EQ(bootstrap(Resampling(80, 1), 2, mean_of(values), 16).at(0).defined_count(), 2U);
}

TEST(Bootstrap, gives_an_interval_that_is_half_as_wide_for_four_times_the_clips) {
    const auto width = [](const Interval& interval) { return interval.high - interval.low; };
    double few = 0.0, many = 0.0;
    for (unsigned seed = 0; seed < 10; ++seed) {
        few += width(interval_of_mean(normal_values(100, seed), 1));
        many += width(interval_of_mean(normal_values(400, 100 + seed), 1));
    }
    EXPECT_NEAR(few / many, 2.0, 0.2);
}

TEST(Bootstrap, covers_the_true_value_in_about_95_of_100_data_sets) {
    constexpr int dataset_count = 300;
    int covered_count = 0;
    for (unsigned seed = 0; seed < dataset_count; ++seed) {
        const auto values = normal_values(60, 1000 + seed);
        const Interval interval = bootstrap(Resampling(60, seed), 200, mean_of(values)).at(0).interval().value();
        covered_count += interval.low <= 0.0 && 0.0 <= interval.high;
    }
    // Three standard errors of a share of 300; of 60 values the percentile interval is about 1 in 100 too narrow.
    EXPECT_NEAR(static_cast<double>(covered_count) / dataset_count, 0.94, 0.04);
}

TEST(Bootstrap, leaves_out_the_resamples_in_which_a_score_is_undefined) {
    const auto first_clip_or_nothing = [](Counts counts) {
        return Row{counts[0] > 0 ? std::optional(1.0) : std::nullopt, 2.0};
    };
    const auto distributions = bootstrap(Resampling(5, 1), 1000, first_clip_or_nothing);
    EXPECT_NEAR(static_cast<double>(distributions[0].defined_count()) / 1000.0, 1.0 - std::pow(0.8, 5.0), 0.08);
    EXPECT_EQ(distributions[0].interval(), (Interval{1.0, 1.0}));
    EXPECT_EQ(distributions[1].defined_count(), 1000U);
}

TEST(Bootstrap, ends_when_a_stop_is_requested) {
    std::stop_source stop;
    const auto stop_at_once = [&](Counts) {
        stop.request_stop();
        return Row{1.0};
    };
    try {
        bootstrap(Resampling(5, 1), 1000, stop_at_once, 1, stop.get_token());
        FAIL() << "expected an error";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::canceled);
        EXPECT_STREQ(error.what(), "stopped: 1 of 1000 resamples were computed");
    }
}

TEST(Bootstrap, throws_on_what_a_thread_throws) {
    const auto fail = [](Counts) -> Row { throw std::length_error("no room"); };
    EXPECT_THROW(bootstrap(Resampling(5, 1), 8, fail, 1), std::length_error);
    EXPECT_THROW(bootstrap(Resampling(5, 1), 8, fail, 4), std::length_error);
}

}  // namespace
}  // namespace earmark::test
