#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "datasets/manifest/dataset.h"
#include "earmark/classifier.h"
#include "earmark/spectrogram.h"
#include "training/clips/log_mel_cache.h"

namespace earmark {

/// A clip that is ready for training: its frames in the cache, and for each label of the task 1, 0, or NaN where that
/// is unknown.
struct TrainingClip {
    CachedFrames frames;
    std::vector<float> targets;
    std::string path;                     ///< as in the manifest
    std::string artist;                   ///< empty when unknown
    std::filesystem::path file = {};      ///< where it is, absolute
    std::vector<float> annotations = {};  ///< the targets that people annotated; NaN for the others
};

/// What a training run works on. The clips of a split keep the order of the manifest.
struct TrainingClips {
    std::vector<TrainingClip> train;
    std::vector<TrainingClip> valid;
    std::vector<TrainingClip> test;
    Normalization normalization;     ///< over all frames of `train`
    std::size_t left_out_count = 0;  ///< clips that do not have exactly one of the labels, in a single-label task
};

/// Called after each clip with the number that is done and the number of all; false ends the filling.
using CacheProgress = std::function<bool(std::size_t done_count, std::size_t clip_count)>;

/// Decodes the clips that are not in the cache yet (LogMelReader), on `worker_count` threads, and freezes the cache.
/// Clips that cannot be read are taken out of `dataset` and returned, in the order of the manifest. What was decoded
/// stays in the cache when `progress` ends the filling, or when this throws. Throws Error (unwritable).
std::vector<ClipProblem> fill_cache(Dataset& dataset, const SpectrogramSettings& settings, LogMelCache& cache,
                                    std::size_t worker_count, const CacheProgress& progress);

/// With `output` softmax, clips that do not have exactly one of the labels are left out. REQUIRES: fill_cache. Throws
/// Error: invalid_dataset (there is no clip in `train` or `valid`), unreadable (a file changed after fill_cache).
TrainingClips training_clips(const Dataset& dataset, const LogMelCache& cache, const std::vector<std::string>& labels,
                             OutputKind output = OutputKind::sigmoid);

}  // namespace earmark
