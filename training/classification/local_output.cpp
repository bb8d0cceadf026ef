#include "training/classification/local_output.h"

#include <algorithm>

#include "training/classification/classification.h"
#include "training/features/dense_outputs.h"

namespace earmark {
namespace {

// Evenly spread; neighboring segments are much alike, and a large data set has to fit in memory.
constexpr std::size_t segments_per_clip = 8;

// The clips of the segments: the same frames, the targets once for each segment.
std::vector<TrainingClip> repeated(const std::vector<TrainingClip>& clips) {
    std::vector<TrainingClip> result;
    for (const TrainingClip& clip : clips) result.insert(result.end(), segments_per_clip, clip);
    return result;
}

}  // namespace

std::optional<LayerWeights> learn_local_output(const TaskId& task, const Recipe& recipe,
                                               const NetworkArchitecture& architecture, const NetworkWeights& network,
                                               const TrainingClips& clips, const Compute& compute,
                                               std::size_t worker_count, const std::filesystem::path& checkpoint,
                                               TrainingListener& listener) {
    const auto outputs = [&](const std::vector<TrainingClip>& part) {
        return dense_outputs(architecture, network, clips.normalization, part, segments_per_clip, worker_count);
    };
    const SplitFeatures features{outputs(clips.train), outputs(clips.valid), {}};
    TrainingClips segments{repeated(clips.train), repeated(clips.valid), {}, clips.normalization};
    auto weights = learn_classifier(task, recipe, {}, features, segments, compute, checkpoint, listener);
    if (!weights) return std::nullopt;
    return without_standardization(*weights);
}

}  // namespace earmark
