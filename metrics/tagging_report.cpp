#include "metrics/tagging_report.h"

#include <cassert>

#include "metrics/labelled_scores.h"

namespace earmark {
namespace {

constexpr float present_from = 0.5F;

template <typename Metric>
std::optional<double> mean_value(const std::vector<Metric>& metrics) {
    double sum = 0.0;
    std::size_t defined_count = 0;
    for (const Metric& metric : metrics) {
        if (const auto value = metric.value()) {
            sum += *value;
            ++defined_count;
        }
    }
    if (defined_count == 0) return std::nullopt;
    return sum / static_cast<double>(defined_count);
}

double f1(const RankStep& step, std::size_t positive_count) {
    const auto true_positives = static_cast<double>(step.true_positive_count);
    // True positives + false negatives are all positives.
    return 2.0 * true_positives /
           (true_positives + static_cast<double>(step.false_positive_count) + static_cast<double>(positive_count));
}

// Above `lower` also where no float lies between the two.
float midway(float upper, float lower) {
    const float middle = lower + (upper - lower) / 2.0F;
    return middle > lower && middle <= upper ? middle : upper;
}

}  // namespace

TaggingReport::TaggingReport(std::size_t tag_count)
    : roc_auc_(tag_count), average_precision_(tag_count), positive_counts_(tag_count, 0) {}

void TaggingReport::add(std::span<const float> scores, std::span<const float> truths) {
    assert(scores.size() == roc_auc_.size() && truths.size() == roc_auc_.size());
    for (std::size_t tag = 0; tag < roc_auc_.size(); ++tag) {
        const bool truth = truths[tag] >= present_from;
        roc_auc_[tag].add(scores[tag], truth);
        average_precision_[tag].add(scores[tag], truth);
        if (truth) ++positive_counts_[tag];
    }
    ++clip_count_;
}

void TaggingReport::reset() { *this = TaggingReport(roc_auc_.size()); }

std::vector<TagFigures> TaggingReport::per_tag() const {
    std::vector<TagFigures> figures(roc_auc_.size());
    for (std::size_t tag = 0; tag < figures.size(); ++tag) {
        figures[tag] = {positive_counts_[tag], roc_auc_[tag].value(), average_precision_[tag].value()};
    }
    return figures;
}

std::optional<double> TaggingReport::roc_auc() const { return mean_value(roc_auc_); }

std::optional<double> TaggingReport::average_precision() const { return mean_value(average_precision_); }

std::vector<std::size_t> TaggingReport::left_out() const {
    std::vector<std::size_t> tags;
    for (std::size_t tag = 0; tag < positive_counts_.size(); ++tag) {
        if (positive_counts_[tag] == 0 || positive_counts_[tag] == clip_count_) tags.push_back(tag);
    }
    return tags;
}

std::optional<float> best_f1_threshold(std::span<const float> scores, std::span<const float> truths) {
    assert(scores.size() == truths.size());
    LabelledScores labelled;
    for (std::size_t i = 0; i < scores.size(); ++i) labelled.add(scores[i], truths[i] >= present_from);
    if (labelled.positive_count() == 0) return std::nullopt;

    const auto steps = labelled.steps();
    std::size_t best = 0;
    for (std::size_t i = 1; i < steps.size(); ++i) {
        if (f1(steps[i], labelled.positive_count()) > f1(steps[best], labelled.positive_count())) best = i;
    }
    if (best + 1 == steps.size()) return steps[best].score;
    return midway(steps[best].score, steps[best + 1].score);
}

}  // namespace earmark
