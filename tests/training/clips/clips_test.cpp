#include "training/clips/clips.h"

#include <gmock/gmock.h>

#include <cmath>

#include "base/float16.h"
#include "tests/training/support/cached_dataset.h"
#include "tests/training/support/expect_error.h"

namespace earmark {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::vector<float> all_values(const std::vector<TrainingClip>& clips) {
    std::vector<float> values;
    for (const TrainingClip& clip : clips) {
        for (const std::uint16_t half : clip.frames.values) values.push_back(float_from_half(half));
    }
    return values;
}

TEST(Clips, keep_the_order_of_the_manifest_and_the_targets_of_their_labels) {
    const SyntheticDataset files(9, 4, 3);
    const CachedDataset cached(files);
    const TrainingClips clips = cached.clips();
    ASSERT_EQ(clips.train.size(), 9U);
    ASSERT_EQ(clips.valid.size(), 4U);
    ASSERT_EQ(clips.test.size(), 3U);
    EXPECT_THAT(clips.train[0].targets, ElementsAre(1.0F, 0.0F, 0.0F));
    EXPECT_THAT(clips.train[1].targets, ElementsAre(0.0F, 1.0F, 0.0F));
    EXPECT_THAT(clips.train[6].targets, ElementsAre(1.0F, 1.0F, 1.0F));
    EXPECT_THAT(clips.train[7].targets, ElementsAre(1.0F, 0.0F, 0.0F));
    EXPECT_THAT(clips.valid[0].targets, ElementsAre(1.0F, 1.0F, 0.0F));
}

TEST(Clips, are_normalized_by_mean_and_deviation_over_all_frames_of_the_training_split) {
    const SyntheticDataset files(9, 4, 3);
    const CachedDataset cached(files);
    const TrainingClips clips = cached.clips();
    const std::vector<float> values = all_values(clips.train);
    double mean = 0.0;
    for (const float value : values) mean += value / static_cast<double>(values.size());
    double variance = 0.0;
    for (const float value : values) variance += (value - mean) * (value - mean) / static_cast<double>(values.size());
    EXPECT_NEAR(clips.normalization.mean, mean, 1e-6);
    EXPECT_NEAR(clips.normalization.deviation, std::sqrt(variance), 1e-6);
}

TEST(Clips, do_not_depend_on_the_number_of_workers) {
    const SyntheticDataset files(20, 4, 3);
    const CachedDataset with_one(files, 1);
    const CachedDataset with_three(files, 3);
    const TrainingClips expected = with_one.clips();
    const TrainingClips clips = with_three.clips();
    EXPECT_EQ(all_values(clips.train), all_values(expected.train));
    EXPECT_EQ(all_values(clips.valid), all_values(expected.valid));
    EXPECT_EQ(clips.normalization, expected.normalization);
}

TEST(Clips, that_are_missing_or_damaged_are_named_with_their_line_and_the_others_stay) {
    const SyntheticDataset files(9, 4, 3);
    std::filesystem::remove(files.clip(1));
    std::ofstream(files.clip(3)) << "this is no music";
    std::ofstream(files.clip(10), std::ios::trunc).close();
    const CachedDataset cached(files, 2);
    ASSERT_EQ(cached.problems.size(), 3U);
    EXPECT_EQ(cached.problems[0],
              (ClipProblem{"clip-1.wav", files.path() / "manifest.tsv", 3, files.clip(1).string() + ": no such file"}));
    EXPECT_EQ(cached.problems[1].line, 5U);
    EXPECT_THAT(cached.problems[1].message, testing::StartsWith(files.clip(3).string() + ": "));
    EXPECT_EQ(cached.problems[2].line, 12U);
    EXPECT_THAT(cached.problems[2].message, testing::StartsWith(files.clip(10).string() + ": "));
    EXPECT_EQ(cached.dataset.clips.size(), 13U);
    EXPECT_EQ(cached.clips().train.size(), 7U);
    EXPECT_EQ(cached.clips().valid.size(), 3U);
}

TEST(Clips, of_an_empty_training_or_validation_split_are_an_error_that_names_the_manifest) {
    const SyntheticDataset without_valid(3, 0, 2);
    const CachedDataset cached(without_valid);
    EXPECT_EQ(error_of(ErrorCode::invalid_dataset, [&] { (void)cached.clips(); }),
              (without_valid.path() / "manifest.tsv").string() +
                  ": expected clips of the splits train and valid, found 3 and 0");
}

TEST(Clips, that_are_all_silent_are_an_error) {
    const SyntheticDataset files(2, 1, 0);
    for (std::size_t clip = 0; clip < 3; ++clip) write_wav(files.clip(clip), std::vector<float>(12000, 0.0F));
    const CachedDataset cached(files);
    EXPECT_THAT(error_of(ErrorCode::invalid_dataset, [&] { (void)cached.clips(); }), HasSubstr("silent"));
}

}  // namespace
}  // namespace earmark
