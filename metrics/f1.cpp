#include "metrics/f1.h"

#include <cassert>
#include <vector>

#include "metrics/labeled_scores.h"

namespace earmark {
namespace {

double f1_at(const RankStep& step, std::size_t positive_count) {
    return DecisionCounts{.true_positive_count = step.true_positive_count,
                          .false_positive_count = step.false_positive_count,
                          .false_negative_count = positive_count - step.true_positive_count}
        .f1()
        .value();
}

// Above `lower` also where there is no float between the two.
float midway(float upper, float lower) {
    const float middle = lower + (upper - lower) / 2.0F;
    return middle > lower && middle <= upper ? middle : upper;
}

}  // namespace

DecisionCounts& DecisionCounts::operator+=(const DecisionCounts& other) {
    true_positive_count += other.true_positive_count;
    false_positive_count += other.false_positive_count;
    false_negative_count += other.false_negative_count;
    true_negative_count += other.true_negative_count;
    return *this;
}

std::optional<double> DecisionCounts::f1() const {
    if (true_positive_count + false_negative_count == 0) return std::nullopt;
    const auto true_positives = static_cast<double>(true_positive_count);
    const auto mistakes = static_cast<double>(false_positive_count + false_negative_count);
    return 2.0 * true_positives / (2.0 * true_positives + mistakes);
}

std::optional<float> best_f1_threshold(std::span<const float> scores, std::span<const float> truths) {
    assert(scores.size() == truths.size());
    LabeledScores labeled;
    for (std::size_t i = 0; i < scores.size(); ++i) labeled.add(scores[i], truth_of_target(truths[i]));
    if (labeled.positive_count() == 0) return std::nullopt;

    const auto steps = labeled.steps();
    std::size_t best = 0;
    for (std::size_t i = 1; i < steps.size(); ++i) {
        if (f1_at(steps[i], labeled.positive_count()) > f1_at(steps[best], labeled.positive_count())) best = i;
    }
    if (best + 1 == steps.size()) return steps[best].score;
    return midway(steps[best].score, steps[best + 1].score);
}

}  // namespace earmark
