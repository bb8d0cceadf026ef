#include "training/clips/clips.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>

#include "base/float16.h"
#include "earmark/decode.h"
#include "earmark/error.h"

namespace earmark {
namespace {

// What decoding one clip gave: frames, or what is wrong with it.
struct DecodedClip {
    std::size_t index = 0;
    Matrix log_mel;
    std::string problem;
};

// Decodes clips on several threads. The calling thread alone writes to the cache: LMDB binds a transaction to its
// thread.
class CacheFiller {
public:
    CacheFiller(const Dataset& dataset, const SpectrogramSettings& settings, LogMelCache& cache)
        : dataset_(dataset), settings_(settings), cache_(cache), problems_(dataset.clips.size()) {
        for (std::size_t index = 0; index < dataset.clips.size(); ++index) {
            if (!cache.contains(key(index))) pending_.push_back(index);
        }
    }

    void run(std::size_t worker_count, const CacheProgress& progress) {
        std::vector<std::jthread> workers;
        for (std::size_t i = 0; i < worker_count; ++i) {
            workers.emplace_back([this](std::stop_token stop) { run_worker(std::move(stop)); });
        }
        for (std::size_t done_count = 1; done_count <= pending_.size(); ++done_count) {
            store(next_decoded());
            if (progress && !progress(done_count, pending_.size())) return;
        }
    }

    /// For each clip, what is wrong with it; empty when nothing is.
    const std::vector<std::string>& problems() const { return problems_; }

private:
    static constexpr std::size_t most_waiting_count = 16;

    std::string key(std::size_t index) const { return cache_.key(dataset_.audio_path(dataset_.clips[index])); }

    // A thread must not let an exception out: the calling thread throws it.
    void run_worker(std::stop_token stop) {
        try {
            decode_clips(std::move(stop));
        } catch (...) {
            const std::lock_guard lock(mutex_);
            failure_ = std::current_exception();
            changed_.notify_all();
        }
    }

    void decode_clips(std::stop_token stop) {
        Spectrogram spectrogram(settings_);
        for (std::size_t next = next_++; next < pending_.size() && !stop.stop_requested(); next = next_++) {
            DecodedClip clip = decode(pending_[next], spectrogram);
            std::unique_lock lock(mutex_);
            changed_.wait(lock, stop, [this] { return decoded_.size() < most_waiting_count; });
            decoded_.push_back(std::move(clip));
            changed_.notify_all();
        }
    }

    DecodedClip decode(std::size_t index, Spectrogram& spectrogram) const {
        try {
            const auto path = dataset_.audio_path(dataset_.clips[index]);
            return {index, spectrogram.compute(decode_file(path, settings_.sample_rate_hz).audio.samples), ""};
        } catch (const Error& error) {
            return {index, {}, error.what()};
        }
    }

    DecodedClip next_decoded() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return !decoded_.empty() || failure_; });
        if (decoded_.empty()) std::rethrow_exception(failure_);
        DecodedClip clip = std::move(decoded_.front());
        decoded_.pop_front();
        changed_.notify_all();
        return clip;
    }

    void store(DecodedClip clip) {
        if (clip.problem.empty()) cache_.put(key(clip.index), clip.log_mel);
        problems_[clip.index] = std::move(clip.problem);
    }

    const Dataset& dataset_;
    SpectrogramSettings settings_;
    LogMelCache& cache_;
    std::vector<std::size_t> pending_;
    std::vector<std::string> problems_;
    std::atomic<std::size_t> next_ = 0;
    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::deque<DecodedClip> decoded_;
    std::exception_ptr failure_;
};

std::vector<TrainingClip> clips_of(const Dataset& dataset, const std::string& split, const LogMelCache& cache,
                                   const std::vector<std::string>& labels) {
    std::vector<TrainingClip> clips;
    for (const Clip& clip : dataset.split(split)) {
        if (const auto frames = cache.frames(cache.key(dataset.audio_path(clip)))) {
            clips.push_back({*frames, targets(clip, labels), clip.path.string(), clip.artist});
        }
    }
    return clips;
}

// One of many: who has one label has no other.
std::size_t keep_those_with_one_label(std::vector<TrainingClip>& clips) {
    const std::size_t removed_count =
        std::erase_if(clips, [](const TrainingClip& clip) { return std::ranges::count(clip.targets, 1.0F) != 1; });
    for (TrainingClip& clip : clips) {
        for (float& target : clip.targets) target = target == 1.0F ? 1.0F : 0.0F;
    }
    return removed_count;
}

Normalisation measure_normalisation(const std::vector<TrainingClip>& clips) {
    double sum = 0.0;
    double square_sum = 0.0;
    double count = 0.0;
    for (const TrainingClip& clip : clips) {
        for (const std::uint16_t half : clip.frames.values) {
            const double value = float_from_half(half);
            sum += value;
            square_sum += value * value;
        }
        count += static_cast<double>(clip.frames.values.size());
    }
    const double mean = sum / count;
    const double deviation = std::sqrt(std::max(square_sum / count - mean * mean, 0.0));
    if (!(deviation > 0.0)) throw Error(ErrorCode::invalid_dataset, "the training clips are all silent");
    return {static_cast<float>(mean), static_cast<float>(deviation)};
}

}  // namespace

std::vector<std::string> fill_cache(Dataset& dataset, const SpectrogramSettings& settings, LogMelCache& cache,
                                    std::size_t worker_count, const CacheProgress& progress) {
    CacheFiller filler(dataset, settings, cache);
    filler.run(worker_count, progress);
    cache.freeze();

    std::vector<std::string> lines;
    std::vector<Clip> readable;
    for (std::size_t index = 0; index < dataset.clips.size(); ++index) {
        const Clip& clip = dataset.clips[index];
        const std::string& problem = filler.problems()[index];
        if (problem.empty())
            readable.push_back(clip);
        else
            lines.push_back(dataset.place_of(clip) + ": " + problem);
    }
    dataset.clips = std::move(readable);
    return lines;
}

TrainingClips training_clips(const Dataset& dataset, const LogMelCache& cache, const std::vector<std::string>& labels,
                             OutputKind output) {
    TrainingClips clips;
    clips.train = clips_of(dataset, "train", cache, labels);
    clips.valid = clips_of(dataset, "valid", cache, labels);
    clips.test = clips_of(dataset, "test", cache, labels);
    if (output == OutputKind::softmax) {
        for (auto* part : {&clips.train, &clips.valid, &clips.test}) {
            clips.left_out_count += keep_those_with_one_label(*part);
        }
    }
    if (clips.train.empty() || clips.valid.empty()) {
        throw Error(ErrorCode::invalid_dataset,
                    dataset.manifest.string() + ": expected clips of the splits train and valid, found " +
                        std::to_string(clips.train.size()) + " and " + std::to_string(clips.valid.size()));
    }
    clips.normalisation = measure_normalisation(clips.train);
    return clips;
}

}  // namespace earmark
