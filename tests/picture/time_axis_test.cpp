#include "apps/picture/time_axis.h"

#include <gmock/gmock.h>

namespace earmark {
namespace {

TEST(ClockText, has_minutes_and_from_an_hour_on_hours) {
    EXPECT_EQ(clock_text(0.0), "0:00");
    EXPECT_EQ(clock_text(59.99), "1:00");
    EXPECT_EQ(clock_text(65.0), "1:05");
    EXPECT_EQ(clock_text(0.5), "0:00.5");
    EXPECT_EQ(clock_text(3'600.0), "1:00:00");
    EXPECT_EQ(clock_text(36'001.0), "10:00:01");
}

TEST(TickTimes, are_as_many_as_fit_at_distances_that_people_count_in) {
    EXPECT_THAT(tick_times_s(60.0, 700.0, 100.0), testing::ElementsAre(0.0, 10.0, 20.0, 30.0, 40.0, 50.0, 60.0));
    EXPECT_THAT(tick_times_s(240.0, 1'000.0, 80.0), testing::SizeIs(9));
    EXPECT_EQ(tick_times_s(240.0, 1'000.0, 80.0)[1], 30.0);
    EXPECT_EQ(tick_times_s(36'000.0, 1'000.0, 80.0)[1], 3'600.0);
    EXPECT_EQ(tick_times_s(0.3, 1'000.0, 80.0)[1], 0.1);
    EXPECT_LE(tick_times_s(1e7, 1'000.0, 80.0).size(), 13U);
}

}  // namespace
}  // namespace earmark
