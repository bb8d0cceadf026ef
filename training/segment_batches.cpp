#include "training/segment_batches.h"

#include <torch/torch.h>

#include <algorithm>

#include "earmark/aggregation.h"
#include "model/half.h"

namespace earmark {
namespace {

constexpr std::size_t batches_ahead = 8;

}  // namespace

void copy_segment(const CachedFrames& frames, std::size_t first_frame, std::size_t segment_frames,
                  const Normalisation& normalisation, float* target) {
    const std::size_t band_count = frames.values.size() / frames.frame_count;
    const std::span values(target, segment_frames * band_count);
    for (std::size_t done = 0; done < segment_frames;) {
        const std::size_t first = first_frame % frames.frame_count;
        const std::size_t count = std::min(segment_frames - done, frames.frame_count - first);
        floats_from_halves(frames.rows(first, count), values.subspan(done * band_count, count * band_count));
        done += count;
        first_frame += count;
    }
    normalise(values, normalisation);
}

SegmentBatches::SegmentBatches(const std::vector<TrainingClip>& clips, std::size_t segment_frames,
                               std::size_t batch_size, const Normalisation& normalisation)
    : clips_(clips), segment_frames_(segment_frames), batch_size_(batch_size), normalisation_(normalisation) {
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
    worker_ = std::jthread(
        [this, order = shuffled(segments_.size(), seed)](std::stop_token stop) { run_worker(std::move(stop), order); });
}

// A thread must not let an exception out: `next` throws it.
void SegmentBatches::run_worker(std::stop_token stop, const std::vector<std::uint32_t>& order) {
    std::exception_ptr failure;
    try {
        prepare(std::move(stop), order);
    } catch (...) {
        failure = std::current_exception();
    }
    const std::lock_guard lock(mutex_);
    failure_ = failure;
    exhausted_ = true;
    changed_.notify_all();
}

void SegmentBatches::prepare(std::stop_token stop, const std::vector<std::uint32_t>& order) {
    for (std::size_t first = 0; first < order.size() && !stop.stop_requested();) {
        const std::size_t end = batch_end(first, order.size(), batch_size_);
        Batch batch = make_batch(order.data() + first, end - first);
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

Batch SegmentBatches::make_batch(const std::uint32_t* first, std::size_t count) const {
    const std::size_t band_count = clips_.front().frames.values.size() / clips_.front().frames.frame_count;
    const std::size_t label_count = clips_.front().targets.size();
    const auto segments = static_cast<std::int64_t>(count);
    const torch::Tensor values =
        torch::empty({segments, 1, static_cast<std::int64_t>(segment_frames_), static_cast<std::int64_t>(band_count)});
    Batch batch{values.permute({0, 3, 1, 2}), torch::empty({segments, static_cast<std::int64_t>(label_count)})};
    float* input = values.data_ptr<float>();
    float* target = batch.targets.data_ptr<float>();
    for (std::size_t i = 0; i < count; ++i) {
        const Segment& segment = segments_[first[i]];
        const TrainingClip& clip = clips_[segment.clip];
        copy_segment(clip.frames, segment.first_frame, segment_frames_, normalisation_,
                     input + i * segment_frames_ * band_count);
        std::copy(clip.targets.begin(), clip.targets.end(), target + i * label_count);
    }
    return batch;
}

}  // namespace earmark
