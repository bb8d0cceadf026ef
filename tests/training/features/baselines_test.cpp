#include "training/features/baselines.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/float16.h"
#include "tests/training/support/cached_dataset.h"

namespace earmark {
namespace {

Matrix log_mel_of(const TrainingClip& clip) {
    Matrix log_mel(clip.frames.frame_count, 12);
    floats_from_halves(clip.frames.values, log_mel.values());
    return log_mel;
}

TEST(Baselines, of_mel_bands_are_their_means_and_deviations) {
    const SyntheticDataset files(3, 8, 2);
    const CachedDataset cached(files);
    const TrainingClips clips = cached.clips();
    const Matrix statistics = mel_statistics(clips.valid);
    ASSERT_EQ(statistics.column_count(), 24U);
    const Matrix log_mel = log_mel_of(clips.valid[5]);
    for (std::size_t band = 0; band < 12; ++band) {
        double mean = 0.0;
        double variance = 0.0;
        const auto count = static_cast<double>(log_mel.row_count());
        for (std::size_t frame = 0; frame < log_mel.row_count(); ++frame) mean += log_mel(frame, band) / count;
        for (std::size_t frame = 0; frame < log_mel.row_count(); ++frame) {
            variance += std::pow(log_mel(frame, band) - mean, 2) / count;
        }
        EXPECT_NEAR(statistics(5, band), mean, 1e-6);
        EXPECT_NEAR(statistics(5, 12 + band), std::sqrt(variance), 1e-5);
    }
}

TEST(Baselines, of_no_clips_have_no_rows) {
    EXPECT_TRUE(mel_statistics({}).empty());
    EXPECT_EQ(mfcc_statistics({}).row_count(), 0U);
}

}  // namespace
}  // namespace earmark
