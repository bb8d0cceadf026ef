#include "apps/evaluate/evaluation.h"

#include <atomic>
#include <mutex>
#include <set>
#include <thread>

#include "apps/common/clip_probabilities.h"
#include "earmark/error.h"
#include "earmark/tagger.h"

namespace earmark {
namespace {

struct ClipOutcome {
    std::vector<float> probabilities;
    std::string problem;
};

ClipOutcome tag_clip(Tagger& tagger, const Dataset& dataset, const Clip& clip) {
    try {
        return {clip_probabilities(tagger, dataset.audio_path(clip))->probabilities, ""};
    } catch (const Error& error) {
        return {{}, dataset.manifest.string() + ":" + std::to_string(clip.line) + ": " + error.what()};
    }
}

std::vector<ClipOutcome> tag_clips(const std::shared_ptr<const Model>& model, const Dataset& dataset,
                                   const std::vector<Clip>& clips, Precision precision, std::size_t worker_count,
                                   const EvaluationProgress& progress) {
    std::vector<ClipOutcome> outcomes(clips.size());
    std::atomic<std::size_t> next_clip = 0;
    std::size_t done_count = 0;
    std::mutex mutex;
    const auto work = [&] {
        Tagger tagger(model, precision);
        for (std::size_t index = next_clip++; index < clips.size(); index = next_clip++) {
            outcomes[index] = tag_clip(tagger, dataset, clips[index]);
            const std::lock_guard lock(mutex);
            progress(++done_count, clips.size());
        }
    };
    std::vector<std::jthread> workers;
    for (std::size_t i = 0; i < worker_count; ++i) workers.emplace_back(work);
    workers.clear();
    return outcomes;
}

std::vector<std::string> labels_of(const Model& model) {
    std::vector<std::string> labels;
    for (const Tag& tag : model.tags) labels.push_back(tag.label);
    return labels;
}

void keep_split(Dataset& dataset, const std::string& split) {
    std::set<std::string> splits;
    for (const Clip& clip : dataset.clips) splits.insert(clip.split);
    dataset.clips = dataset.split(split);
    if (!dataset.clips.empty()) return;
    std::string others;
    for (const std::string& name : splits) others += (others.empty() ? "" : ", ") + name;
    throw Error(ErrorCode::invalid_dataset, dataset.manifest.string() + ": expected clips of the split '" + split +
                                                "', found none; there are: " + others);
}

}  // namespace

Evaluation evaluate(const std::shared_ptr<const Model>& model, Dataset dataset, const std::string& split,
                    Precision precision, std::size_t worker_count, const EvaluationProgress& progress) {
    keep_split(dataset, split);
    Evaluation evaluation{TaggingReport(model->tags.size()), remove_missing(dataset)};
    const std::vector<Clip>& clips = dataset.clips;
    const std::vector<std::string> labels = labels_of(*model);
    const std::vector<ClipOutcome> outcomes = tag_clips(model, dataset, clips, precision, worker_count, progress);
    for (std::size_t i = 0; i < clips.size(); ++i) {
        if (outcomes[i].problem.empty())
            evaluation.report.add(outcomes[i].probabilities, targets(clips[i], labels));
        else
            evaluation.problems.push_back(outcomes[i].problem);
    }
    return evaluation;
}

}  // namespace earmark
