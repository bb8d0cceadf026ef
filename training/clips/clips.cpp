#include "training/clips/clips.h"

#include <algorithm>
#include <optional>
#include <stop_token>
#include <utility>

#include "base/float16.h"
#include "base/mean_deviation.h"
#include "base/side_by_side.h"
#include "earmark/error.h"
#include "training/clips/log_mel_reader.h"

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
        constexpr std::size_t most_waiting_count = 16;
        std::stop_source stop;
        std::size_t done_count = 0;
        const auto make_worker = [this] {
            return [this, reader = LogMelReader(settings_)](std::size_t place, const std::stop_token& stopped) mutable {
                return decode(pending_[place], reader, stopped);
            };
        };
        const auto take = [&](DecodedClip clip) {
            store(std::move(clip));
            ++done_count;
            if (stop.stop_requested() || !progress) return;
            if (!progress(done_count, pending_.size())) stop.request_stop();
        };
        const SideBySideOptions options{.worker_count = worker_count,
                                        .most_waiting_count = most_waiting_count,
                                        .in_order = false,
                                        .stop = stop.get_token()};
        work_side_by_side(options, indices_below(pending_.size()), make_worker, take);
    }

    /// For each clip, what is wrong with it; empty when nothing is.
    const std::vector<std::string>& problems() const { return problems_; }

private:
    std::string key(std::size_t index) const { return cache_.key(dataset_.audio_path(dataset_.clips[index])); }

    std::optional<DecodedClip> decode(std::size_t index, LogMelReader& reader, const std::stop_token& stop) const {
        try {
            auto log_mel = reader.read(dataset_.audio_path(dataset_.clips[index]), stop);
            if (!log_mel) return std::nullopt;
            return DecodedClip{index, std::move(*log_mel), ""};
        } catch (const Error& error) {
            return DecodedClip{index, {}, error.what()};
        }
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
};

std::vector<TrainingClip> clips_of(const Dataset& dataset, const std::string& split, const LogMelCache& cache,
                                   const std::vector<std::string>& labels) {
    std::vector<TrainingClip> clips;
    for (const Clip& clip : dataset.split(split)) {
        const std::filesystem::path file = dataset.audio_path(clip);
        const auto frames = cache.frames(cache.key(file));
        if (!frames) throw Error(ErrorCode::unreadable, file.string() + ": has changed since it was decoded just now");
        clips.push_back({*frames, targets(clip, labels), clip.path.string(), clip.artist,
                         std::filesystem::absolute(file), annotated_targets(clip, labels)});
    }
    return clips;
}

// Single-label: a clip that has one label has no other.
std::size_t keep_those_with_one_label(std::vector<TrainingClip>& clips) {
    const std::size_t removed_count =
        std::erase_if(clips, [](const TrainingClip& clip) { return std::ranges::count(clip.targets, 1.0F) != 1; });
    for (TrainingClip& clip : clips) {
        for (float& target : clip.targets) target = target == 1.0F ? 1.0F : 0.0F;
    }
    return removed_count;
}

Normalization measure_normalization(const std::vector<TrainingClip>& clips) {
    MeanDeviation spread;
    std::vector<float> values;
    for (const TrainingClip& clip : clips) {
        values.resize(clip.frames.values.size());
        floats_from_halves(clip.frames.values, values);
        spread.add(values);
    }
    if (!(spread.deviation() > 0.0)) throw Error(ErrorCode::invalid_dataset, "the training clips are all silent");
    return {static_cast<float>(spread.mean()), static_cast<float>(spread.deviation())};
}

}  // namespace

std::vector<ClipProblem> fill_cache(Dataset& dataset, const SpectrogramSettings& settings, LogMelCache& cache,
                                    std::size_t worker_count, const CacheProgress& progress) {
    CacheFiller filler(dataset, settings, cache);
    filler.run(worker_count, progress);
    cache.freeze();

    std::vector<ClipProblem> problems;
    std::vector<Clip> readable;
    for (std::size_t index = 0; index < dataset.clips.size(); ++index) {
        const Clip& clip = dataset.clips[index];
        const std::string& problem = filler.problems()[index];
        if (problem.empty())
            readable.push_back(clip);
        else
            problems.push_back(problem_of(dataset, clip, problem));
    }
    dataset.clips = std::move(readable);
    return problems;
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
    clips.normalization = measure_normalization(clips.train);
    return clips;
}

}  // namespace earmark
