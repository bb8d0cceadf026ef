#include "training/run/tag_scores.h"

#include <algorithm>
#include <cstdint>
#include <string>

#include "datasets/manifest/dataset.h"
#include "metrics/bootstrap.h"
#include "metrics/report_bootstrap.h"
#include "metrics/resampling.h"
#include "metrics/tagging_report.h"

namespace earmark {
namespace {

// The ROC-AUC of each tag with its interval over artists; nothing for tags without positives or negatives.
std::vector<std::optional<TagScore>> scores_of(const TaggingReport& report, const Resampling& resampling,
                                               std::size_t worker_count) {
    const TaggingDistributions distributions = bootstrap(report, resampling, {.thread_count = worker_count});
    const std::vector<TagMetrics> metrics = report.per_tag();
    std::vector<std::optional<TagScore>> scores;
    for (std::size_t tag = 0; tag < metrics.size(); ++tag) {
        const std::optional<double> value = metrics[tag].roc_auc;
        const std::optional<Interval> interval = distributions.tags[tag].roc_auc.interval();
        scores.emplace_back();
        if (value && interval)
            scores.back() = TagScore{*value, std::min(interval->low, *value), std::max(interval->high, *value)};
    }
    return scores;
}

}  // namespace

std::vector<std::optional<TagScore>> tag_scores(const OutOfFold& out_of_fold, std::size_t tag_count,
                                                std::size_t worker_count) {
    TaggingReport annotated(tag_count);
    TaggingReport known(tag_count);
    std::vector<std::string> artists;
    for (std::size_t row = 0; row < out_of_fold.clips.size(); ++row) {
        if (!out_of_fold.are_music.empty() && !out_of_fold.are_music[row]) continue;
        const TrainingClip& clip = out_of_fold.clips[row];
        annotated.add(out_of_fold.probabilities.row(row), clip.annotations);
        known.add(out_of_fold.probabilities.row(row), clip.targets);
        artists.push_back(plain_artist(clip.artist));
    }
    if (artists.empty()) return std::vector<std::optional<TagScore>>(tag_count);
    constexpr std::uint64_t seed = 1;
    const Resampling resampling(artists, seed);
    std::vector<std::optional<TagScore>> scores = scores_of(annotated, resampling, worker_count);
    const std::vector<std::optional<TagScore>> by_all = scores_of(known, resampling, worker_count);
    for (std::size_t tag = 0; tag < tag_count; ++tag)
        if (!scores[tag]) scores[tag] = by_all[tag];
    return scores;
}

}  // namespace earmark
