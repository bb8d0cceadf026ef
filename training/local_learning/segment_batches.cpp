#include "training/local_learning/segment_batches.h"

#include <torch/torch.h>

#include <algorithm>

#include "earmark/aggregation.h"
#include "training/clips/segments.h"
#include "training/recipe/seeds.h"

extern "C" void omp_set_num_threads(int count);

namespace earmark {
namespace {

constexpr std::size_t batches_ahead = 8;

}  // namespace

SegmentBatches::SegmentBatches(const std::vector<TrainingClip>& clips, std::size_t segment_frames,
                               std::size_t batch_size, const Normalization& normalization,
                               const Augmentation& augmentation, const TimedTargets* teachers)
    : clips_(clips),
      teachers_(teachers),
      segment_frames_(segment_frames),
      batch_size_(batch_size),
      normalization_(normalization),
      random_positions_(augmentation.random_positions),
      source_frames_(segment_frames) {
    const Augmentation of_no_segment{.random_positions = random_positions_,
                                     .shortest_copy_frames = augmentation.shortest_copy_frames};
    if (augmentation != of_no_segment) {
        augmenter_.emplace(augmentation, segment_frames, normalization);
        source_frames_ = augmenter_->source_frames();
    }
    for (std::uint32_t clip = 0; clip < clips.size(); ++clip) {
        for (const std::size_t start : segment_starts(clips[clip].frames.frame_count, segment_frames)) {
            segments_.push_back({clip, static_cast<std::uint32_t>(start)});
        }
    }
}

SegmentBatches::~SegmentBatches() { stop(); }

void SegmentBatches::stop() {
    worker_.request_stop();
    changed_.notify_all();
    if (worker_.joinable()) worker_.join();
    ready_.clear();
    failure_ = nullptr;
}

void SegmentBatches::start_epoch(std::uint64_t seed) {
    stop();
    exhausted_ = false;
    worker_ = std::jthread([this, seed](std::stop_token stop) { run_worker(std::move(stop), seed); });
}

// A thread must not let an exception out: `next` throws it.
void SegmentBatches::run_worker(std::stop_token stop, std::uint64_t seed) {
    omp_set_num_threads(1);  // of this thread: the others train meanwhile
    std::exception_ptr failure;
    try {
        prepare(std::move(stop), seed);
    } catch (...) {
        failure = std::current_exception();
    }
    const std::lock_guard lock(mutex_);
    failure_ = failure;
    exhausted_ = true;
    changed_.notify_all();
}

void SegmentBatches::prepare(std::stop_token stop, std::uint64_t seed) {
    const torch::NoGradGuard no_gradients;
    const std::vector<std::uint32_t> order = shuffled(segments_.size(), seed);
    for (std::size_t first = 0; first < order.size() && !stop.stop_requested();) {
        const std::size_t end = batch_end(first, order.size(), batch_size_);
        Batch batch = make_batch(order.data() + first, end - first, mix_seed(seed, 1, first));
        first = end;
        std::unique_lock lock(mutex_);
        changed_.wait(lock, stop, [this] { return ready_.size() < batches_ahead; });
        ready_.push_back(std::move(batch));
        changed_.notify_all();
    }
}

std::optional<Batch> SegmentBatches::next() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !ready_.empty() || exhausted_; });
    if (ready_.empty() && failure_) std::rethrow_exception(failure_);
    if (ready_.empty()) return std::nullopt;
    Batch batch = std::move(ready_.front());
    ready_.pop_front();
    changed_.notify_all();
    return batch;
}

Batch SegmentBatches::make_batch(const std::uint32_t* first, std::size_t count, std::uint64_t seed) const {
    const std::size_t band_count = clips_.front().frames.values.size() / clips_.front().frames.frame_count;
    const std::size_t label_count = clips_.front().targets.size();
    const std::size_t target_count = label_count + (teachers_ ? teachers_->column_count() : 0);
    const auto segments = static_cast<std::int64_t>(count);
    torch::Tensor values =
        torch::empty({segments, 1, static_cast<std::int64_t>(source_frames_), static_cast<std::int64_t>(band_count)});
    Batch batch{{}, torch::empty({segments, static_cast<std::int64_t>(target_count)})};
    float* target = batch.targets.data_ptr<float>();
    for (std::size_t i = 0; i < count; ++i) {
        const Segment& segment = segments_[first[i]];
        const TrainingClip& clip = clips_[segment.clip];
        const std::size_t start = random_positions_ ? random_start(segment, mix_seed(seed, 2, i)) : segment.first_frame;
        float* input = values.data_ptr<float>() + i * source_frames_ * band_count;
        if (augmenter_)
            copy_segment(clip.frames, start, source_frames_, input);
        else
            copy_segment(clip.frames, start, source_frames_, normalization_, input);
        std::copy(clip.targets.begin(), clip.targets.end(), target + i * target_count);
        if (!teachers_) continue;
        teachers_->copy(segment.clip, start, source_frames_,
                        {target + i * target_count + label_count, teachers_->column_count()});
    }
    if (augmenter_) values = augmenter_->apply(values, mix_seed(seed, 3, 0)).contiguous();
    batch.inputs = values.permute({0, 3, 1, 2});
    return batch;
}

// Anywhere in the clip of the segment, as far as its frames reach.
std::size_t SegmentBatches::random_start(const Segment& segment, std::uint64_t seed) const {
    const std::size_t frame_count = clips_[segment.clip].frames.frame_count;
    return frame_count <= source_frames_ ? 0 : seed % (frame_count - source_frames_ + 1);
}

}  // namespace earmark
