#include "metrics/resampling.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "tests/metrics/golden.h"

namespace earmark::test {
namespace {

using Names = std::vector<std::string>;

std::uint32_t sum(const std::vector<std::uint32_t>& counts) {
    return std::accumulate(counts.begin(), counts.end(), std::uint32_t{0});
}

TEST(Resampling, draws_as_many_clips_as_there_are) {
    const Resampling resampling(37, 1);
    for (std::size_t number = 0; number < 20; ++number) {
        const auto counts = resampling.clip_counts(number);
        EXPECT_EQ(counts.size(), 37U);
        EXPECT_EQ(sum(counts), 37U);
    }
}

TEST(Resampling, depends_on_the_seed_and_the_number_alone) {
    const Resampling resampling(50, 1);
    resampling.clip_counts(3);
    EXPECT_EQ(resampling.clip_counts(7), Resampling(50, 1).clip_counts(7));
    EXPECT_NE(resampling.clip_counts(7), resampling.clip_counts(8));
    EXPECT_NE(resampling.clip_counts(7), Resampling(50, 2).clip_counts(7));
    EXPECT_NE(resampling.clip_counts(7), Resampling(50, 1ULL << 32U).clip_counts(7));
}

TEST(Resampling, draws_every_clip_equally_often) {
    constexpr std::size_t clip_count = 7;
    constexpr std::size_t resample_count = 20000;
    const Resampling resampling(clip_count, 5);
    std::vector<double> times(clip_count, 0.0);
    double absent_count = 0.0;
    for (std::size_t number = 0; number < resample_count; ++number) {
        const auto counts = resampling.clip_counts(number);
        for (std::size_t clip = 0; clip < clip_count; ++clip) times[clip] += counts[clip];
        absent_count += counts[0] == 0;
    }
    // Five standard errors of a binomial count.
    const double error = 5.0 * std::sqrt(resample_count * 6.0 / 7.0);
    for (const double count : times) EXPECT_NEAR(count, resample_count, error);
    const double absent_share = std::pow(6.0 / 7.0, 7.0);
    EXPECT_NEAR(absent_count / resample_count, absent_share,
                5.0 * std::sqrt(absent_share * (1.0 - absent_share) / resample_count));
}

TEST(Resampling, draws_groups_as_a_whole) {
    const Names artists{"A", "B", "A", "C", "B", "A"};
    const Resampling resampling(artists, 1);
    EXPECT_EQ(resampling.clip_count(), 6U);
    EXPECT_EQ(resampling.group_count(), 3U);
    for (std::size_t number = 0; number < 20; ++number) {
        const auto counts = resampling.clip_counts(number);
        EXPECT_EQ(counts[0], counts[2]);
        EXPECT_EQ(counts[0], counts[5]);
        EXPECT_EQ(counts[1], counts[4]);
        EXPECT_EQ(counts[0] + counts[1] + counts[3], 3U);
    }
}

TEST(Resampling, takes_each_clip_without_a_group_for_itself) {
    EXPECT_EQ(Resampling(Names{"", "A", "", "A", ""}, 1).group_count(), 4U);
    EXPECT_EQ(Resampling(Names{"", "", ""}, 9).clip_counts(4), Resampling(3, 9).clip_counts(4));
}

TEST(Resampling, of_nothing_is_empty) { EXPECT_TRUE(Resampling(0, 1).clip_counts(0).empty()); }

// Intervals must not change with the standard library.
TEST(Resampling, draws_what_the_same_generator_draws_in_python) {
    auto file = open_golden("resamples.txt");
    int line_count = 0;
    for (std::string line; std::getline(file, line); ++line_count) {
        std::istringstream words(line);
        std::uint64_t seed = 0;
        std::size_t number = 0;
        words >> seed >> number;
        std::vector<std::uint32_t> counts;
        for (std::uint32_t count = 0; words >> count;) counts.push_back(count);
        EXPECT_EQ(Resampling(counts.size(), seed).clip_counts(number), counts);
    }
    EXPECT_EQ(line_count, 4);
}

}  // namespace
}  // namespace earmark::test
