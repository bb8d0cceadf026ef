#include "evaluation/tagged_clips.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/counted.h"
#include "base/side_by_side.h"
#include "earmark/error.h"
#include "earmark/file_tagger.h"

namespace earmark {
namespace {

struct ClipOutcome {
    std::size_t clip = 0;                           // index into Dataset::clips
    std::vector<std::vector<float>> probabilities;  // models x tags
    std::string problem;
};

// Nothing when `stop` was requested meanwhile.
std::optional<ClipOutcome> tag_clip(std::vector<Tagger>& taggers, const Dataset& dataset, std::size_t index,
                                    const ReadOptions& options) {
    const Clip& clip = dataset.clips[index];
    ClipOutcome outcome{index, {}, ""};
    try {
        for (Tagger& tagger : taggers)
            outcome.probabilities.push_back(tag_file(tagger, dataset.audio_path(clip), options).probabilities);
    } catch (const Error& error) {
        if (error.code() == ErrorCode::canceled) return std::nullopt;
        outcome.problem = dataset.place_of(clip) + ": " + error.what();
    }
    return outcome;
}

}  // namespace

TaggedClips tag_clips(const std::vector<std::shared_ptr<const Model>>& models, Dataset dataset,
                      const TaggingOptions& options, const EvaluationProgress& progress) {
    TaggedClips tagged{{}, std::vector<std::vector<std::vector<float>>>(models.size()), {}};
    for (const ClipProblem& problem : remove_missing(dataset)) tagged.problems.push_back(to_string(problem));
    const auto make_worker = [&] {
        std::vector<Tagger> taggers;
        taggers.reserve(models.size());
        for (const auto& model : models) taggers.emplace_back(model, options.tagger);
        ReadOptions reading;
        reading.max_duration_s = options.max_duration_s;
        return
            [&dataset, reading, taggers = std::move(taggers)](std::size_t clip, const std::stop_token& stop) mutable {
                reading.stop = stop;
                return tag_clip(taggers, dataset, clip, reading);
            };
    };
    std::size_t done_count = 0;
    const auto take = [&](ClipOutcome outcome) {
        progress(++done_count, dataset.clips.size());
        if (!outcome.problem.empty()) return tagged.problems.push_back(outcome.problem);
        tagged.clips.push_back(dataset.clips[outcome.clip]);
        for (std::size_t model = 0; model < models.size(); ++model)
            tagged.probabilities[model].push_back(std::move(outcome.probabilities[model]));
    };
    SideBySideOptions spread;
    spread.worker_count = std::min(options.worker_count, dataset.clips.size());
    spread.stop = options.stop;
    work_side_by_side(spread, indices_below(dataset.clips.size()), make_worker, take);
    if (done_count < dataset.clips.size()) {
        throw Error(ErrorCode::canceled, "stopped: " + std::to_string(done_count) + " of " +
                                             counted(dataset.clips.size(), "clip") + " tagged");
    }
    return tagged;
}

}  // namespace earmark
