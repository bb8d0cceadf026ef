#include "evaluation/measurement.h"

#include <algorithm>
#include <numeric>

#include "earmark/error.h"
#include "evaluation/score.h"

namespace earmark {
namespace {

using TagIndices = std::vector<std::size_t>;

template <typename Value>
std::vector<Value> picked(const std::vector<Value>& values, const TagIndices& indices) {
    std::vector<Value> result;
    for (const std::size_t index : indices) result.push_back(values[index]);
    return result;
}

bool is_single_label(const Model& model) { return model.classifier.output == OutputKind::softmax; }

TaggingReport empty_report(const Model& model, const TagIndices& tags) {
    if (is_single_label(model)) return TaggingReport::of_single_label(tags.size());
    std::vector<float> thresholds;
    for (const std::size_t tag : tags) thresholds.push_back(model.tags[tag].threshold);
    return TaggingReport(std::move(thresholds));
}

// Some tags of one model in all clips: what it predicts, and the targets.
class ScoredTags {
public:
    ScoredTags(const Model& model, const TagIndices& tags, const TaggedClips& clips, std::size_t index)
        : empty_(empty_report(model, tags)) {
        std::vector<std::string> labels;
        for (const std::size_t tag : tags) labels.push_back(model.tags[tag].label);
        for (std::size_t clip = 0; clip < clips.clips.size(); ++clip) {
            probabilities_.push_back(picked(clips.probabilities[index][clip], tags));
            targets_.push_back(targets(clips.clips[clip], labels));
        }
    }

    TaggingReport tagging() const { return tagging_report(empty_, clip_rows(probabilities_), clip_rows(targets_)); }
    ClassificationReport classification() const {
        return classification_report(empty_.tag_count(), clip_rows(probabilities_), clip_rows(targets_));
    }

private:
    TaggingReport empty_;
    std::vector<std::vector<float>> probabilities_;
    std::vector<std::vector<float>> targets_;
};

BootstrapSettings settings_of(const IntervalOptions& options) {
    return {options.resample_count, options.thread_count, options.stop};
}

template <template <typename> typename Table, typename Report>
PairedMetrics<Table> paired_metrics(const Report& report, const Report& other, const Resampling& resampling,
                                    const IntervalOptions& options) {
    PairedMetrics<Table> paired{report.metrics(), other.metrics(), {}, {}};
    paired.difference = difference(paired.model, paired.other);
    if (options.resample_count > 0)
        paired.resampled_difference = paired_bootstrap(report, other, resampling, settings_of(options));
    return paired;
}

}  // namespace

Resampling resampling_of(const TaggedClips& clips, const Dataset& dataset, const IntervalOptions& options) {
    if (!options.by_artist) return {clips.clips.size(), options.seed};
    std::vector<std::string> artists;
    for (const Clip& clip : clips.clips) artists.push_back(plain_artist(clip.artist));
    if (std::ranges::all_of(artists, &std::string::empty)) {
        throw Error(
            ErrorCode::invalid_dataset,
            dataset.manifest.string() + ": expected a column 'artist' to group by, found no artist of these clips");
    }
    return {artists, options.seed};
}

Measurement measure(const Model& model, const TaggedClips& clips, std::size_t index, const Resampling& resampling,
                    const IntervalOptions& options) {
    TagIndices tags(model.tags.size());
    std::iota(tags.begin(), tags.end(), 0);
    const ScoredTags scored(model, tags, clips, index);
    Measurement measurement{scored.tagging(), {}, std::nullopt, {}};
    measurement.resampled_tagging.tags.resize(tags.size());
    measurement.resampled_classification.recalls.resize(tags.size());
    if (is_single_label(model)) measurement.classification = scored.classification();
    if (options.resample_count == 0) return measurement;
    const BootstrapSettings settings = settings_of(options);
    measurement.resampled_tagging = bootstrap(measurement.tagging, resampling, settings);
    if (measurement.classification)
        measurement.resampled_classification = bootstrap(*measurement.classification, resampling, settings);
    return measurement;
}

Comparison compare(const Model& model, const Model& other, const TaggedClips& clips, const Resampling& resampling,
                   const IntervalOptions& options) {
    Comparison comparison;
    TagIndices tags_of_other;
    for (std::size_t tag = 0; tag < model.tags.size(); ++tag) {
        const auto same = std::ranges::find(other.tags, model.tags[tag].label, &Tag::label);
        if (same == other.tags.end()) continue;
        comparison.tags.push_back(tag);
        tags_of_other.push_back(static_cast<std::size_t>(same - other.tags.begin()));
    }
    if (comparison.tags.empty()) {
        throw Error(ErrorCode::usage, "--compare: expected a model that shares tags with '" + model.name + "', '" +
                                          other.name + "' has none");
    }
    const ScoredTags ours(model, comparison.tags, clips, 0);
    const ScoredTags theirs(other, tags_of_other, clips, 1);
    comparison.tagging = paired_metrics<TaggingTable>(ours.tagging(), theirs.tagging(), resampling, options);
    comparison.tagging.resampled_difference.tags.resize(comparison.tags.size());
    if (is_single_label(model) && is_single_label(other)) {
        comparison.classification =
            paired_metrics<ClassificationTable>(ours.classification(), theirs.classification(), resampling, options);
    }
    return comparison;
}

}  // namespace earmark
