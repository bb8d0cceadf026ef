#include <gmock/gmock.h>

#include <algorithm>
#include <set>

#include "base/float16.h"
#include "tests/support/cut_segments.h"
#include "training/classification/classifier_network.h"
#include "training/fit/tensors.h"
#include "training/local_learning/segment_batches.h"
#include "training/recipe/seeds.h"

namespace earmark {
namespace {

constexpr std::size_t segment_frames = 9;

// Clips of 9 (one segment), 31 (the last one is moved back), 4 and 1 frames (repeated), with 2 bands; every value
// encodes where it comes from, and float16 holds it exactly.
class SegmentClips : public testing::Test {
protected:
    SegmentClips() {
        for (const std::size_t frame_count : {9, 31, 4, 1}) {
            Matrix log_mel(frame_count, 2);
            for (std::size_t i = 0; i < log_mel.values().size(); ++i) {
                log_mel.values()[i] = static_cast<float>(100 * log_mels_.size() + i);
            }
            halves_.emplace_back(log_mel.values().size());
            halves_from_floats(log_mel.values(), halves_.back());
            log_mels_.push_back(log_mel);
        }
        for (std::size_t clip = 0; clip < halves_.size(); ++clip) {
            clips_.push_back({{halves_[clip], log_mels_[clip].row_count()}, {static_cast<float>(clip), 1.0F}, "", ""});
        }
    }

    std::vector<Matrix> log_mels_;
    std::vector<std::vector<std::uint16_t>> halves_;
    std::vector<TrainingClip> clips_;
};

class Segments : public SegmentClips {
protected:
    // What is run: the tagger's segments, each followed by the targets of its clip, in no order.
    std::multiset<std::vector<float>> expected_segments() const {
        std::multiset<std::vector<float>> segments;
        for (std::size_t clip = 0; clip < clips_.size(); ++clip) {
            const Matrix rows = cut_segments(log_mels_[clip], segment_frames);
            for (std::size_t first = 0; first < rows.row_count(); first += segment_frames) {
                const auto values = rows.rows(first, segment_frames);
                std::vector<float> segment(values.begin(), values.end());
                segment.insert(segment.end(), clips_[clip].targets.begin(), clips_[clip].targets.end());
                segments.insert(segment);
            }
        }
        return segments;
    }

    // What is trained: an epoch's segments in their order.
    static std::vector<std::vector<float>> epoch(BatchSource& batches, std::uint64_t seed) {
        batches.start_epoch(seed);
        std::vector<std::vector<float>> segments;
        while (const auto batch = batches.next()) {
            for (std::int64_t i = 0; i < batch->inputs.size(0); ++i) {
                segments.push_back(to_vector(batch->inputs[i].permute({1, 2, 0})));
                const std::vector<float> targets = to_vector(batch->targets[i]);
                segments.back().insert(segments.back().end(), targets.begin(), targets.end());
            }
        }
        return segments;
    }

    SegmentBatches batches_{clips_, segment_frames, 3, {}};
};

TEST_F(Segments, of_an_epoch_are_those_that_are_run_each_once_with_the_targets_of_its_clip) {
    const auto segments = epoch(batches_, 1);
    EXPECT_EQ(segments.size(), 1U + 4U + 1U + 1U);
    EXPECT_EQ(std::multiset<std::vector<float>>(segments.begin(), segments.end()), expected_segments());
}

TEST_F(Segments, have_an_order_that_follows_from_the_seed_alone) {
    const auto first = epoch(batches_, 1);
    EXPECT_NE(epoch(batches_, 2), first);
    EXPECT_EQ(epoch(batches_, 1), first);
    SegmentBatches others(clips_, segment_frames, 2, {});
    EXPECT_EQ(epoch(others, 1), first);
}

TEST_F(Segments, are_counted_with_their_frames) {
    EXPECT_EQ(batches_.item_count(), 7U);
    EXPECT_EQ(batches_.frames_per_item(), segment_frames);
}

TEST_F(Segments, that_would_be_alone_in_a_last_batch_join_the_one_before) {
    std::vector<std::int64_t> sizes;
    batches_.start_epoch(1);
    while (const auto batch = batches_.next()) sizes.push_back(batch->inputs.size(0));
    EXPECT_THAT(sizes, testing::ElementsAre(3, 4));
}

TEST_F(Segments, are_normalized) {
    const Normalization normalization{50.0F, 4.0F};
    SegmentBatches normalized(clips_, segment_frames, 3, normalization);
    const auto expected = epoch(batches_, 1);
    const auto segments = epoch(normalized, 1);
    for (std::size_t i = 0; i < expected.size(); ++i) {
        for (std::size_t k = 0; k < 2 * segment_frames; ++k) {
            EXPECT_NEAR(segments[i][k], (expected[i][k] - 50.0F) / 4.0F, 1e-4);
        }
    }
}

TEST_F(Segments, are_stored_with_channels_last) {
    batches_.start_epoch(1);
    const Batch batch = batches_.next().value();
    EXPECT_THAT(batch.inputs.sizes().vec(), testing::ElementsAre(3, 2, 1, 9));
    EXPECT_TRUE(batch.inputs.is_contiguous(torch::MemoryFormat::ChannelsLast));
}

TEST_F(Segments, start_anew_in_the_middle_of_an_epoch_and_may_be_left_there) {
    SegmentBatches many(clips_, 1, 2, {});  // more batches than are prepared ahead
    const auto expected = epoch(many, 5);
    many.start_epoch(4);
    (void)many.next();
    EXPECT_EQ(epoch(many, 5), expected);
    many.start_epoch(4);
    (void)many.next();
}

TEST_F(Segments, that_do_not_fit_into_memory_are_an_exception_of_the_caller) {
    SegmentBatches huge(clips_, std::size_t{1} << 46U, 3, {});
    huge.start_epoch(1);
    EXPECT_THROW(huge.next(), std::exception);
}

TEST(EmbeddingBatches, have_every_clip_once_with_its_own_targets) {
    const torch::Tensor inputs = torch::arange(11).to(torch::kFloat32).unsqueeze(1).expand({11, 3}).contiguous();
    EmbeddingBatches batches(inputs, inputs.narrow(1, 0, 1) * 2, 4);
    EXPECT_EQ(batches.item_count(), 11U);
    batches.start_epoch(3);
    std::multiset<float> clips;
    while (const auto batch = batches.next()) {
        EXPECT_TRUE(torch::equal(batch->inputs.narrow(1, 0, 1) * 2, batch->targets));
        for (const float value : to_vector(batch->inputs.select(1, 2))) clips.insert(value);
    }
    EXPECT_THAT(clips, testing::ElementsAre(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
    EXPECT_FALSE(batches.next().has_value());
}

// Five clips and two copies of each; the number before the point is the clip, the one after it the copy.
TEST(EmbeddingBatches, take_each_clip_or_one_of_its_copies_with_the_targets_of_the_clip) {
    const torch::Tensor clips = torch::arange(5).to(torch::kFloat32).unsqueeze(1);
    EmbeddingBatches batches(torch::cat({clips, clips + 0.1F, clips + 0.2F}), clips, 2);
    EXPECT_EQ(batches.item_count(), 5U);
    std::set<std::vector<float>> epochs;
    std::set<float> rows;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        batches.start_epoch(seed);
        std::vector<float> epoch;
        while (const auto batch = batches.next()) {
            EXPECT_TRUE(torch::equal(torch::floor(batch->inputs), batch->targets));
            for (const float value : to_vector(batch->inputs)) epoch.push_back(value);
        }
        EXPECT_EQ(epoch.size(), 5U);
        rows.insert(epoch.begin(), epoch.end());
        std::ranges::sort(epoch);
        epochs.insert(epoch);
    }
    EXPECT_EQ(rows.size(), 15U);
    EXPECT_GT(epochs.size(), 10U);
}

TEST(Shuffled, is_every_index_once_in_an_order_of_its_seed) {
    std::vector<std::uint32_t> order = shuffled(100, 1);
    EXPECT_EQ(order, shuffled(100, 1));
    EXPECT_NE(order, shuffled(100, 2));
    EXPECT_FALSE(std::ranges::is_sorted(order));
    std::ranges::sort(order);
    for (std::uint32_t i = 0; i < 100; ++i) EXPECT_EQ(order[i], i);
    EXPECT_TRUE(shuffled(0, 1).empty());
}

TEST(Seeds, differ_for_every_epoch_and_task) {
    std::set<std::uint64_t> seeds;
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
        for (std::uint64_t task = 0; task < 10; ++task) {
            for (std::uint64_t epoch = 0; epoch < 50; ++epoch) seeds.insert(mix_seed(seed, task, epoch));
        }
    }
    EXPECT_EQ(seeds.size(), 5000U);
}

}  // namespace
}  // namespace earmark
