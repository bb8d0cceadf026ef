#include "metrics/tagging_report.h"

#include <algorithm>
#include <cassert>

#include "metrics/ranked_report.h"

namespace earmark {
namespace {

constexpr float usual_threshold = 0.5F;

}  // namespace

TaggingReport::TaggingReport(std::size_t tag_count) : TaggingReport(std::vector<float>(tag_count, usual_threshold)) {}

TaggingReport::TaggingReport(std::vector<float> thresholds)
    : thresholds_(std::move(thresholds)), scores_(thresholds_.size()) {}

TaggingReport TaggingReport::of_single_label(std::size_t tag_count) {
    TaggingReport report(tag_count);
    report.is_single_label_ = true;
    return report;
}

void TaggingReport::add(std::span<const float> scores, std::span<const float> truths) {
    std::vector<Truth> known(truths.size());
    std::ranges::transform(truths, known.begin(), truth_of_target);
    add(scores, known);
}

void TaggingReport::add(std::span<const float> scores, std::span<const Truth> truths) {
    assert(scores.size() == tag_count() && truths.size() == tag_count());
    const auto highest = static_cast<std::size_t>(std::ranges::max_element(scores) - scores.begin());
    for (std::size_t tag = 0; tag < tag_count(); ++tag) {
        const bool predicted = is_single_label_ ? tag == highest : scores[tag] >= thresholds_[tag];
        scores_[tag].add(scores[tag], truths[tag], predicted);
    }
    ++clip_count_;
}

TaggingMetrics TaggingReport::metrics() const {
    return RankedReport(*this).metrics(std::vector<std::uint32_t>(clip_count_, 1));
}

std::vector<TagMetrics> TaggingReport::per_tag() const {
    const TaggingMetrics table = metrics();
    std::vector<TagMetrics> tags(tag_count());
    for (std::size_t i = 0; i < tags.size(); ++i) {
        const auto& metrics = table.tags[i];
        tags[i] = {scores_[i].positive_count(), metrics.roc_auc, metrics.average_precision, metrics.f1,
                   scores_[i].known_count()};
    }
    return tags;
}

std::vector<std::size_t> TaggingReport::left_out() const {
    std::vector<std::size_t> tags;
    for (std::size_t tag = 0; tag < tag_count(); ++tag) {
        if (scores_[tag].positive_count() == 0 || scores_[tag].negative_count() == 0) tags.push_back(tag);
    }
    return tags;
}

}  // namespace earmark
