#include "evaluation/measurement.h"

#include <algorithm>
#include <numeric>

#include "earmark/error.h"

namespace earmark {
namespace {

using TagIndices = std::vector<std::size_t>;

template <typename Value>
std::vector<Value> picked(const std::vector<Value>& values, const TagIndices& indices) {
    std::vector<Value> result;
    for (const std::size_t index : indices) result.push_back(values[index]);
    return result;
}

std::vector<std::string> labels_of(const Model& model, const TagIndices& tags) {
    std::vector<std::string> labels;
    for (const std::size_t tag : tags) labels.push_back(model.tags[tag].label);
    return labels;
}

bool tells_one_of_many(const Model& model) { return model.classifier.output == OutputKind::softmax; }

TaggingReport empty_report(const Model& model, const TagIndices& tags) {
    if (tells_one_of_many(model)) return TaggingReport::of_one_of_many(tags.size());
    std::vector<float> thresholds;
    for (const std::size_t tag : tags) thresholds.push_back(model.tags[tag].threshold);
    return TaggingReport(std::move(thresholds));
}

TaggingReport tagging_report(const Model& model, const TagIndices& tags, const TaggedClips& clips, std::size_t index) {
    TaggingReport report = empty_report(model, tags);
    const std::vector<std::string> labels = labels_of(model, tags);
    for (std::size_t clip = 0; clip < clips.clips.size(); ++clip)
        report.add(picked(clips.probabilities[index][clip], tags), targets(clips.clips[clip], labels));
    return report;
}

std::optional<std::size_t> only_label(const std::vector<float>& truths) {
    const auto is_present = [](float truth) { return truth_of_target(truth) == Truth::present; };
    if (std::ranges::count_if(truths, is_present) != 1) return std::nullopt;
    return static_cast<std::size_t>(std::ranges::find_if(truths, is_present) - truths.begin());
}

ClassificationReport classification_report(const Model& model, const TagIndices& tags, const TaggedClips& clips,
                                           std::size_t index) {
    ClassificationReport report(tags.size());
    const std::vector<std::string> labels = labels_of(model, tags);
    for (std::size_t clip = 0; clip < clips.clips.size(); ++clip)
        report.add(picked(clips.probabilities[index][clip], tags), only_label(targets(clips.clips[clip], labels)));
    return report;
}

BootstrapSettings settings_of(const IntervalOptions& options) { return {options.resample_count, options.thread_count}; }

template <template <typename> typename Table, typename Report>
PairedFigures<Table> paired_figures(const Report& report, const Report& other, const Resampling& resampling,
                                    const IntervalOptions& options) {
    PairedFigures<Table> paired{report.figures(), other.figures(), {}, {}};
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
    Measurement measurement{tagging_report(model, tags, clips, index), {}, std::nullopt, {}};
    measurement.resampled_tagging.tags.resize(tags.size());
    measurement.resampled_classification.recalls.resize(tags.size());
    if (tells_one_of_many(model)) measurement.classification = classification_report(model, tags, clips, index);
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
    comparison.tagging =
        paired_figures<TaggingTable>(tagging_report(model, comparison.tags, clips, 0),
                                     tagging_report(other, tags_of_other, clips, 1), resampling, options);
    comparison.tagging.resampled_difference.tags.resize(comparison.tags.size());
    if (tells_one_of_many(model) && tells_one_of_many(other)) {
        comparison.classification = paired_figures<ClassificationTable>(
            classification_report(model, comparison.tags, clips, 0),
            classification_report(other, tags_of_other, clips, 1), resampling, options);
    }
    return comparison;
}

}  // namespace earmark
