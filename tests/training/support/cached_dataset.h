#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tests/training/support/synthetic_dataset.h"
#include "tests/training/support/tiny_recipe.h"
#include "training/clips/clips.h"

namespace earmark {

/// A data set as train() sees it after decoding, with the cache in a folder of its own.
struct CachedDataset {
    explicit CachedDataset(const SyntheticDataset& files, std::size_t worker_count = 1,
                           const CacheProgress& progress = {})
        : dataset(read_manifest(files.path())), problems(fill(worker_count, progress)) {}

    TrainingClips clips() const { return training_clips(dataset, cache, labels); }

    std::vector<ClipProblem> fill(std::size_t worker_count, const CacheProgress& progress) {
        return fill_cache(dataset, settings, cache, worker_count, progress);
    }

    SpectrogramSettings settings = tiny_recipe().spectrogram;
    std::vector<std::string> labels{"pitch---Low", "pitch---High", "instrument---Noise"};
    TemporaryFolder folder;
    LogMelCache cache{folder.path(), settings};
    Dataset dataset;
    std::vector<ClipProblem> problems;
};

}  // namespace earmark
