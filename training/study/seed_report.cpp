#include "training/study/seed_report.h"

#include <algorithm>

#include "metrics/mean.h"

namespace earmark {
namespace {

ClipRows picked(const ClipRows& rows, const std::vector<std::size_t>& places) {
    ClipRows result;
    result.reserve(places.size());
    for (const std::size_t place : places) result.push_back(rows[place]);
    return result;
}

// The places of the clips of each fold.
std::vector<std::vector<std::size_t>> places_by_fold(const std::vector<std::size_t>& folds) {
    std::vector<std::vector<std::size_t>> places;
    for (std::size_t place = 0; place < folds.size(); ++place) {
        if (places.size() <= folds[place]) places.resize(folds[place] + 1);
        places[folds[place]].push_back(place);
    }
    std::erase_if(places, [](const std::vector<std::size_t>& fold) { return fold.empty(); });
    return places;
}

std::optional<double> mean_over(const std::vector<TaggingMetrics>& folds, std::size_t tag,
                                std::optional<double> TaggingMetrics::Tag::*metric) {
    MeanOfDefined mean;
    for (const TaggingMetrics& fold : folds) mean.add(fold.tags[tag].*metric);
    return mean.value();
}

}  // namespace

FoldReport::FoldReport(const ClipRows& probabilities, const ClipRows& targets, std::vector<std::size_t> places)
    : places_(std::move(places)),
      ranked_(tagging_report(TaggingReport(targets.front().size()), picked(probabilities, places_),
                             picked(targets, places_))) {}

TaggingMetrics FoldReport::metrics(ClipCounts clip_counts) const {
    std::vector<std::uint32_t> own_counts;
    own_counts.reserve(places_.size());
    for (const std::size_t place : places_) own_counts.push_back(clip_counts[place]);
    return ranked_.metrics(own_counts);
}

SeedReport::SeedReport(const ClipRows& probabilities, const ClipRows& targets, const std::vector<std::size_t>& folds,
                       OutputKind output)
    : tag_count_(targets.front().size()) {
    for (auto& places : places_by_fold(folds)) folds_.emplace_back(probabilities, targets, std::move(places));
    if (output == OutputKind::softmax) classification_ = classification_report(tag_count_, probabilities, targets);
}

MetricRow SeedReport::metrics(ClipCounts clip_counts) const {
    std::vector<TaggingMetrics> folds;
    for (const FoldReport& fold : folds_) folds.push_back(fold.metrics(clip_counts));
    MeanOfDefined roc_auc;
    MeanOfDefined average_precision;
    MetricRow row(first_tag_column);
    for (std::size_t tag = 0; tag < tag_count_; ++tag) {
        row.push_back(mean_over(folds, tag, &TaggingMetrics::Tag::roc_auc));
        roc_auc.add(row.back());
        average_precision.add(mean_over(folds, tag, &TaggingMetrics::Tag::average_precision));
    }
    row[roc_auc_column] = roc_auc.value();
    row[average_precision_column] = average_precision.value();
    if (classification_) {
        const ClassificationMetrics classification = classification_->metrics(clip_counts);
        row[accuracy_column] = classification.accuracy;
        row[balanced_accuracy_column] = classification.balanced_accuracy;
    }
    return row;
}

}  // namespace earmark
