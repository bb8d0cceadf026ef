#include "datasets/check/dataset_totals.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace earmark {
namespace {

using testing::ElementsAre;
using testing::Pair;

const std::vector<Clip> clips{{"a", "test", {"rock", "sad"}, "The Who", 2},
                              {"b", "train", {"rock"}, "Miles", 3},
                              {"c", "train", {"jazz"}, "the  WHO", 4},
                              {"d", "extra", {}, "Miles", 5},
                              {"e", "", {"jazz"}, "Bach", 6},
                              {"f", "train", {"jazz"}, "Bach", 7},
                              {"g", "test", {}, "", 8},
                              {"h", "train", {}, "", 9}};

TEST(DatasetTotals, count_clips_and_time_of_each_label_and_split) {
    const DatasetTotals totals = dataset_totals(clips, {1, 2, 4, 8, 16, 32, 64, 128});
    EXPECT_EQ(totals.all.clip_count, 8U);
    EXPECT_DOUBLE_EQ(totals.all.duration_s, 255.0);
    EXPECT_THAT(totals.splits, ElementsAre("train", "test", "", "extra"));
    EXPECT_DOUBLE_EQ(totals.by_split.at("train").duration_s, 2.0 + 4.0 + 32.0 + 128.0);
    ASSERT_EQ(totals.labels.size(), 3U);
    EXPECT_EQ(totals.labels[0].label, "jazz");
    EXPECT_EQ(totals.labels[1].label, "rock");
    EXPECT_EQ(totals.labels[2].label, "sad");
    EXPECT_EQ(totals.labels[1].all.clip_count, 2U);
    EXPECT_DOUBLE_EQ(totals.labels[1].all.duration_s, 3.0);
    EXPECT_EQ(totals.labels[1].by_split.at("test").clip_count, 1U);
    EXPECT_FALSE(totals.labels[2].by_split.contains("train"));
}

TEST(SharedArtists, are_in_two_splits_however_they_are_written) {
    const auto shared = shared_artists(clips);
    ASSERT_EQ(shared.size(), 2U);
    EXPECT_EQ(shared[0].artist, "Miles");
    EXPECT_THAT(shared[0].clips_by_split, ElementsAre(Pair("extra", 1U), Pair("train", 1U)));
    EXPECT_EQ(shared[1].artist, "The Who");
}

}  // namespace
}  // namespace earmark
