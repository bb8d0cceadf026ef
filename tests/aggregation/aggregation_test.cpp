#include "earmark/aggregation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

#include "tests/support/cut_segments.h"
#include "tests/support/lcg.h"
#include "tests/support/whole_stages.h"

namespace earmark {
namespace {

using testing::ElementsAre;
using testing::FloatEq;

// One band whose value is the number of the frame.
Matrix numbered_frames(std::size_t frame_count) {
    Matrix frames(frame_count, 1);
    std::iota(frames.values().begin(), frames.values().end(), 0.0F);
    return frames;
}

TEST(SegmentStarts, follow_each_other_without_gap) { EXPECT_THAT(segment_starts(9, 3), ElementsAre(0, 3, 6)); }

TEST(SegmentStarts, last_is_moved_back_to_the_end) { EXPECT_THAT(segment_starts(10, 4), ElementsAre(0, 4, 6)); }

TEST(SegmentStarts, of_exactly_one_segment_is_one) { EXPECT_THAT(segment_starts(27, 27), ElementsAre(0)); }

TEST(SegmentStarts, of_one_frame_more_than_a_segment_overlap) {
    EXPECT_THAT(segment_starts(28, 27), ElementsAre(0, 1));
}

TEST(SegmentStarts, of_a_short_clip_is_one_at_the_start) { EXPECT_THAT(segment_starts(5, 27), ElementsAre(0)); }

TEST(SegmentStarts, of_no_frames_are_none) { EXPECT_THAT(segment_starts(0, 27), testing::IsEmpty()); }

TEST(SegmentStarts, of_one_frame_segments_are_all_frames) { EXPECT_THAT(segment_starts(3, 1), ElementsAre(0, 1, 2)); }

class SegmentStartsOf : public testing::TestWithParam<std::tuple<std::size_t, std::size_t>> {};

TEST_P(SegmentStartsOf, cover_every_frame_within_the_clip) {
    const auto [frame_count, segment_frames] = GetParam();
    std::vector<int> covered(frame_count, 0);
    for (const std::size_t start : segment_starts(frame_count, segment_frames)) {
        ASSERT_LE(start + segment_frames, frame_count);
        std::for_each_n(covered.begin() + static_cast<std::ptrdiff_t>(start), segment_frames, [](int& n) { ++n; });
    }
    EXPECT_THAT(covered, testing::Each(testing::Ge(1)));
    EXPECT_THAT(covered, testing::Each(testing::Le(2)));
}

INSTANTIATE_TEST_SUITE_P(Sizes, SegmentStartsOf,
                         testing::Combine(testing::Values(216, 217, 431, 432, 1250, 10336),
                                          testing::Values(1, 18, 27, 54, 108, 216)));

TEST(CutSegments, copies_the_frames_of_each_segment) {
    EXPECT_THAT(cut_segments(numbered_frames(5), 3).values(), ElementsAre(0, 1, 2, 2, 3, 4));
}

TEST(CutSegments, keeps_all_bands_of_a_frame) {
    const Matrix segments = cut_segments(Matrix(3, 2, {1, 10, 2, 20, 3, 30}), 2);
    EXPECT_EQ(segments.column_count(), 2U);
    EXPECT_THAT(segments.values(), ElementsAre(1, 10, 2, 20, 2, 20, 3, 30));
}

TEST(CutSegments, repeats_a_short_clip_as_a_whole) {
    EXPECT_THAT(cut_segments(numbered_frames(3), 8).values(), ElementsAre(0, 1, 2, 0, 1, 2, 0, 1));
}

TEST(CutSegments, repeats_a_single_frame) {
    EXPECT_THAT(cut_segments(Matrix(1, 1, {7}), 4).values(), ElementsAre(7, 7, 7, 7));
}

TEST(SegmentStatistics, are_the_mean_of_each_column) {
    SegmentStatistics mean(2);
    add_rows(mean, Matrix(2, 2, {1, 10, 3, 30}));
    EXPECT_THAT(mean.value(), ElementsAre(2, 20));
}

TEST(SegmentStatistics, do_not_depend_on_portions) {
    const Matrix segments = Lcg(1).matrix(5.0F, 50, 4);
    SegmentStatistics whole(4);
    add_rows(whole, segments);
    SegmentStatistics portions(4);
    for (const auto& [first, count] : {std::pair(0U, 1U), {1U, 30U}, {31U, 0U}, {31U, 19U}}) {
        const auto values = segments.rows(first, count);
        add_rows(portions, Matrix(count, 4, {values.begin(), values.end()}));
    }
    EXPECT_EQ(portions.value(), whole.value());
}

TEST(SegmentStatistics, stay_exact_over_a_million_segments) {
    SegmentStatistics mean(1);
    Matrix thousand(1000, 1);
    std::ranges::fill(thousand.values(), 0.1F);
    for (int portion = 0; portion < 1000; ++portion) {
        add_rows(mean, thousand);
    }
    EXPECT_FLOAT_EQ(mean.value()[0], 0.1F);
}

TEST(SegmentStatistics, have_the_deviations_after_the_means) {
    SegmentStatistics statistics(2, AcrossSegments::mean_and_deviation);
    add_rows(statistics, Matrix(4, 2, {2, 1, 4, 1, 4, 1, 6, 1}));
    EXPECT_THAT(statistics.value(), ElementsAre(4, 1, FloatEq(std::sqrt(2.0F)), 0));
}

TEST(SegmentStatistics, deviation_of_one_segment_is_zero) {
    SegmentStatistics statistics(1, AcrossSegments::mean_and_deviation);
    add_rows(statistics, Matrix(1, 1, {0.1F}));
    EXPECT_THAT(statistics.value(), ElementsAre(0.1F, 0.0F));
}

TEST(SegmentStatistics, deviation_of_equal_segments_is_zero) {
    SegmentStatistics statistics(1, AcrossSegments::mean_and_deviation);
    for (int i = 0; i < 100'000; ++i) add_rows(statistics, Matrix(1, 1, {0.1F}));
    EXPECT_EQ(statistics.value()[1], 0.0F);
}

TEST(SegmentStatistics, start_anew_after_reset) {
    SegmentStatistics statistics(1, AcrossSegments::mean_and_deviation);
    add_rows(statistics, Matrix(1, 1, {100}));
    statistics.reset();
    add_rows(statistics, Matrix(1, 1, {4}));
    EXPECT_THAT(statistics.value(), ElementsAre(4, 0));
}

}  // namespace
}  // namespace earmark
