#include "apps/tag/batch_counts.h"

#include <gtest/gtest.h>

#include "apps/common/progress_line.h"

namespace earmark {
namespace {

// After 36 s: 298 files tagged, one of them with a warning, and 2 failed.
BatchCounts counts_of_a_batch() {
    BatchCounts counts;
    counts.tagged_count = 298;
    counts.failed_count = 2;
    counts.warning_count = 1;
    counts.file_count = 1200;
    counts.audio_s = 36.0 * 845.0;
    counts.elapsed_s = 36.0;
    return counts;
}

TEST(BatchCounts, progress_has_files_done_and_failed_rates_and_time_left) {
    EXPECT_EQ(progress_text(counts_of_a_batch()), "300/1200 files, 2 failed, 8.3/s, 845x real time, 2 min left");
    EXPECT_DOUBLE_EQ(done_share(counts_of_a_batch()).value(), 0.25);
}

TEST(BatchCounts, files_in_work_count_by_their_shares) {
    BatchCounts counts = counts_of_a_batch();
    counts.in_work = 300.0;
    EXPECT_DOUBLE_EQ(done_share(counts).value(), 0.5);
    EXPECT_EQ(progress_text(counts), "300/1200 files, 2 failed, 8.3/s, 845x real time, 36 s left");
}

TEST(BatchCounts, progress_of_a_list_has_no_end_until_it_is_read) {
    BatchCounts counts = counts_of_a_batch();
    counts.file_count.reset();
    EXPECT_EQ(progress_text(counts), "300 files, 2 failed, 8.3/s, 845x real time");
    EXPECT_FALSE(done_share(counts));
}

TEST(BatchCounts, progress_before_the_first_file_is_done_has_no_rate_of_files) {
    BatchCounts counts;
    counts.file_count = 12;
    EXPECT_EQ(progress_text(counts), "0/12 files");
    counts.audio_s = 500.0;
    counts.in_work = 0.5;
    counts.elapsed_s = 1.0;
    EXPECT_EQ(progress_text(counts), "0/12 files, 500x real time, 23 s left");
}

TEST(BatchCounts, progress_before_anything_is_found_is_no_number) {
    EXPECT_EQ(progress_text({}), "looking for audio files");
    EXPECT_FALSE(done_share({}));
}

TEST(BatchCounts, progress_of_slow_work_is_a_rate_per_minute) {
    BatchCounts counts = counts_of_a_batch();
    counts.elapsed_s = 12000.0;
    EXPECT_EQ(progress_text(counts), "300/1200 files, 2 failed, 1.5/min, 2.5x real time, 10 h 0 min left");
}

TEST(BatchCounts, progress_of_a_single_file_is_its_time) {
    BatchCounts counts;
    counts.file_count = 1;
    counts.audio_s = 600.0;
    counts.elapsed_s = 2.0;
    EXPECT_EQ(progress_text(counts), "10 min, 300x real time") << "its duration is not known";
    EXPECT_FALSE(done_share(counts));
    counts.declared_s = 3600.0;
    counts.in_work = 600.0 / 3600.0;
    EXPECT_EQ(progress_text(counts), "10 min of 60 min, 300x real time, 10 s left");
    EXPECT_DOUBLE_EQ(done_share(counts).value(), 1.0 / 6.0);
}

TEST(BatchCounts, summary_has_what_was_done_and_how_fast) {
    EXPECT_EQ(summary(counts_of_a_batch()),
              "298 files tagged (1 with a warning), 2 failed, in 36 s: 8.3/s, 845x real time");
    BatchCounts one;
    one.tagged_count = 1;
    EXPECT_EQ(summary(one), "1 file tagged, in less than 0.1 s") << "too short for rates";
    one.elapsed_s = 0.31;
    EXPECT_EQ(summary(one), "1 file tagged, in 0.3 s: 3.2/s");
}

TEST(LineWithBar, the_bar_takes_the_room_that_the_text_leaves) {
    EXPECT_EQ(line_with_bar(0.5, "1/2 files", 79), "[========        ] 1/2 files");
    EXPECT_EQ(line_with_bar(0.5, "1/2 files", 20), "[====    ] 1/2 files");
    EXPECT_EQ(line_with_bar(0.5, "1/2 files", 15), "1/2 files");
    EXPECT_EQ(line_with_bar(0.5, "1/2 files", 5), "1/2 f");
    EXPECT_EQ(line_with_bar(std::nullopt, "2 files", 79), "2 files");
    EXPECT_EQ(line_with_bar(1.5, "3/2 files", 79), "[================] 3/2 files");
}

TEST(LineWithBar, that_of_a_big_library_fits_into_80_columns_with_a_bar) {
    BatchCounts counts = counts_of_a_batch();
    counts.tagged_count = 29'900;
    counts.failed_count = 100;
    counts.file_count = 120'000;
    const std::string line = line_with_bar(done_share(counts), progress_text(counts), 79);
    EXPECT_EQ(line, "[==         ] 30000/120000 files, 100 failed, 833/s, 845x real time, 2 min left");
}

}  // namespace
}  // namespace earmark
