#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>

#include "training/augmentation/segment_augmenter.h"
#include "training/clips/clips.h"
#include "training/fit/batches.h"
#include "training/local_learning/timed_targets.h"

namespace earmark {

/// All segments of the training clips, each with the targets of its clip and, behind them, what teachers predict for
/// its time (step 1). A thread of its own prepares batches ahead, so that the cores that train never wait for data.
class SegmentBatches : public BatchSource {
public:
    /// `clips` and `teachers` must outlive this.
    SegmentBatches(const std::vector<TrainingClip>& clips, std::size_t segment_frames, std::size_t batch_size,
                   const Normalization& normalization, const Augmentation& augmentation = {},
                   const TimedTargets* teachers = nullptr);
    ~SegmentBatches() override;

    void start_epoch(std::uint64_t seed) override;

    /// Inputs are segments x mel_bands x 1 x frames, channels last in memory.
    std::optional<Batch> next() override;

    std::size_t item_count() const override { return segments_.size(); }
    std::size_t frames_per_item() const override { return segment_frames_; }

private:
    struct Segment {
        std::uint32_t clip;
        std::uint32_t first_frame;
    };

    void stop();
    void run_worker(std::stop_token stop, std::uint64_t seed);
    void prepare(std::stop_token stop, std::uint64_t seed);
    Batch make_batch(const std::uint32_t* first, std::size_t count, std::uint64_t seed) const;
    std::size_t random_start(const Segment& segment, std::uint64_t seed) const;

    const std::vector<TrainingClip>& clips_;
    const TimedTargets* teachers_;
    std::size_t segment_frames_;
    std::size_t batch_size_;
    Normalization normalization_;
    bool random_positions_;
    std::optional<SegmentAugmenter> augmenter_;  ///< where segments are changed otherwise than in position
    std::size_t source_frames_;                  ///< that a segment is made of
    std::vector<Segment> segments_;

    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::deque<Batch> ready_;
    bool exhausted_ = true;
    std::exception_ptr failure_;
    std::jthread worker_;
};

}  // namespace earmark
