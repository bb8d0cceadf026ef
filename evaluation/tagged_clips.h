#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "datasets/manifest/dataset.h"
#include "earmark/model.h"
#include "earmark/tagger.h"

namespace earmark {

/// The predictions of models for clips.
struct TaggedClips {
    std::vector<Clip> clips;  ///< those that could be used, in the order of the manifest
    std::vector<std::vector<std::vector<float>>> probabilities;  ///< models x clips x tags of the model
    std::vector<std::string> problems;                           ///< a line for each clip that could not be used
};

/// Called after each clip, on the calling thread, in the order of the clips. What it throws ends the work.
using EvaluationProgress = std::function<void(std::size_t done_count, std::size_t clip_count)>;

/// How clips are tagged.
struct TaggingOptions {
    TaggerOptions tagger;
    std::size_t worker_count = 1;            ///< does not change the result
    std::stop_token stop{};                  ///< ends the work with Error (canceled)
    std::optional<double> max_duration_s{};  ///< ReadOptions::max_duration_s of every clip
};

/// Tags every clip as `earmark tag` does. A clip that cannot be tagged is reported as a problem; any other exception of
/// a worker ends the work and is rethrown.
TaggedClips tag_clips(const std::vector<std::shared_ptr<const Model>>& models, Dataset dataset,
                      const TaggingOptions& options, const EvaluationProgress& progress);

}  // namespace earmark
