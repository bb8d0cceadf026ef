#include "evaluation/tagged_clips.h"

#include <algorithm>
#include <atomic>
#include <future>
#include <mutex>

#include "apps/common/clip_probabilities.h"
#include "earmark/error.h"
#include "earmark/tagger.h"

namespace earmark {
namespace {

struct ClipOutcome {
    std::vector<std::vector<float>> probabilities;  // models x tags
    std::string problem;
};

ClipOutcome tag_clip(std::vector<Tagger>& taggers, const Dataset& dataset, const Clip& clip) {
    ClipOutcome outcome;
    try {
        for (Tagger& tagger : taggers)
            outcome.probabilities.push_back(clip_probabilities(tagger, dataset.audio_path(clip))->probabilities);
    } catch (const Error& error) {
        outcome.problem = dataset.place_of(clip) + ": " + error.what();
    }
    return outcome;
}

// The clips of a data set, tagged by workers side by side.
class ClipTagging {
public:
    ClipTagging(const std::vector<std::shared_ptr<const Model>>& models, const Dataset& dataset, Precision precision,
                const EvaluationProgress& progress)
        : models_(models),
          dataset_(dataset),
          precision_(precision),
          progress_(progress),
          outcomes_(dataset.clips.size()) {}

    std::vector<ClipOutcome> run(std::size_t worker_count) {
        std::vector<std::future<void>> workers;  // waits for those that run when it ends
        try {
            for (std::size_t i = 0; i < std::min(worker_count, outcomes_.size()); ++i)
                workers.push_back(std::async(std::launch::async, [this] { work(); }));
            for (auto& worker : workers) worker.get();
        } catch (...) {
            leave_the_rest();
            throw;
        }
        return std::move(outcomes_);
    }

private:
    void work() {
        try {
            std::vector<Tagger> taggers;
            for (const auto& model : models_) taggers.emplace_back(model, precision_);
            for (std::size_t index = next_clip_++; index < outcomes_.size(); index = next_clip_++) {
                outcomes_[index] = tag_clip(taggers, dataset_, dataset_.clips[index]);
                const std::lock_guard lock(mutex_);
                progress_(++done_count_, outcomes_.size());
            }
        } catch (...) {
            leave_the_rest();
            throw;
        }
    }

    // Once one has failed, the others need not go on.
    void leave_the_rest() { next_clip_ = outcomes_.size(); }

    const std::vector<std::shared_ptr<const Model>>& models_;
    const Dataset& dataset_;
    Precision precision_;
    const EvaluationProgress& progress_;
    std::vector<ClipOutcome> outcomes_;
    std::atomic<std::size_t> next_clip_ = 0;
    std::mutex mutex_;
    std::size_t done_count_ = 0;
};

}  // namespace

TaggedClips tag_clips(const std::vector<std::shared_ptr<const Model>>& models, Dataset dataset,
                      const TaggingOptions& options, const EvaluationProgress& progress) {
    TaggedClips tagged{{}, std::vector<std::vector<std::vector<float>>>(models.size()), remove_missing(dataset)};
    auto outcomes = ClipTagging(models, dataset, options.precision, progress).run(options.worker_count);
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        if (!outcomes[i].problem.empty()) {
            tagged.problems.push_back(outcomes[i].problem);
            continue;
        }
        tagged.clips.push_back(dataset.clips[i]);
        for (std::size_t model = 0; model < models.size(); ++model)
            tagged.probabilities[model].push_back(std::move(outcomes[i].probabilities[model]));
    }
    return tagged;
}

}  // namespace earmark
