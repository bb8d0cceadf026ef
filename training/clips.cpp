#include "training/clips.h"

#include <atomic>
#include <cmath>
#include <mutex>
#include <optional>
#include <set>
#include <thread>

#include "earmark/decode.h"
#include "earmark/error.h"
#include "model/half.h"

namespace earmark {
namespace {

// Decodes clips in parallel; the cache is written by whoever holds the lock.
class CacheFiller {
public:
    CacheFiller(const Dataset& dataset, const SpectrogramSettings& settings, LogMelCache& cache,
                const CacheProgress& progress)
        : dataset_(dataset), settings_(settings), cache_(cache), progress_(progress), problems_(dataset.clips.size()) {
        for (std::size_t index = 0; index < dataset.clips.size(); ++index) {
            if (!cache.contains(key(index))) pending_.push_back(index);
        }
    }

    void run(std::size_t worker_count) {
        std::vector<std::jthread> workers;
        for (std::size_t i = 0; i < worker_count; ++i) workers.emplace_back([this] { work(); });
        workers.clear();
        if (failure_) throw Error(*failure_);
    }

    /// For each clip, what is wrong with it; empty when nothing is.
    const std::vector<std::string>& problems() const { return problems_; }

private:
    std::string key(std::size_t index) const { return cache_.key(dataset_.audio_path(dataset_.clips[index])); }

    void work() {
        Spectrogram spectrogram(settings_);
        for (std::size_t next = next_++; next < pending_.size() && !failed_; next = next_++) {
            add(pending_[next], spectrogram);
        }
    }

    void add(std::size_t index, Spectrogram& spectrogram) {
        std::optional<Matrix> log_mel;
        std::string problem;
        try {
            const auto path = dataset_.audio_path(dataset_.clips[index]);
            log_mel = spectrogram.compute(decode_file(path, settings_.sample_rate_hz).audio.samples);
        } catch (const Error& error) {
            problem = error.what();
        }
        const std::lock_guard lock(mutex_);
        problems_[index] = problem;
        if (log_mel) store(index, *log_mel);
        if (progress_) progress_(++done_count_, pending_.size());
    }

    void store(std::size_t index, const Matrix& log_mel) {
        try {
            if (!failed_) cache_.put(key(index), log_mel);
        } catch (const Error& error) {
            failure_ = error;
            failed_ = true;
        }
    }

    const Dataset& dataset_;
    SpectrogramSettings settings_;
    LogMelCache& cache_;
    const CacheProgress& progress_;
    std::vector<std::size_t> pending_;
    std::vector<std::string> problems_;
    std::atomic<std::size_t> next_ = 0;
    std::atomic<bool> failed_ = false;
    std::optional<Error> failure_;
    std::size_t done_count_ = 0;
    std::mutex mutex_;
};

std::vector<TrainingClip> clips_of(const Dataset& dataset, const std::string& split, const LogMelCache& cache,
                                   const std::vector<std::string>& labels) {
    std::vector<TrainingClip> clips;
    for (const Clip& clip : dataset.split(split)) {
        if (const auto frames = cache.frames(cache.key(dataset.audio_path(clip)))) {
            clips.push_back({*frames, targets(clip, labels)});
        }
    }
    return clips;
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
    CacheFiller filler(dataset, settings, cache, progress);
    filler.run(worker_count);
    cache.freeze();

    std::vector<std::string> lines;
    std::vector<Clip> readable;
    for (std::size_t index = 0; index < dataset.clips.size(); ++index) {
        const Clip& clip = dataset.clips[index];
        const std::string& problem = filler.problems()[index];
        if (problem.empty())
            readable.push_back(clip);
        else
            lines.push_back(dataset.manifest.string() + ":" + std::to_string(clip.line) + ": " + problem);
    }
    dataset.clips = std::move(readable);
    return lines;
}

TrainingClips training_clips(const Dataset& dataset, const LogMelCache& cache, const std::vector<std::string>& labels) {
    TrainingClips clips;
    clips.train = clips_of(dataset, "train", cache, labels);
    clips.valid = clips_of(dataset, "valid", cache, labels);
    clips.test = clips_of(dataset, "test", cache, labels);
    if (clips.train.empty() || clips.valid.empty()) {
        throw Error(ErrorCode::invalid_dataset,
                    dataset.manifest.string() + ": expected clips of the splits train and valid, found " +
                        std::to_string(clips.train.size()) + " and " + std::to_string(clips.valid.size()));
    }
    clips.normalisation = measure_normalisation(clips.train);
    return clips;
}

}  // namespace earmark
