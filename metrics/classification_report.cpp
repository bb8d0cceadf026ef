#include "metrics/classification_report.h"

#include <cassert>

namespace earmark {
namespace {

// A score that is not a number is never the highest.
std::size_t index_of_highest(std::span<const float> scores) {
    std::size_t best = 0;
    for (std::size_t i = 1; i < scores.size(); ++i) {
        if (scores[i] > scores[best] || (scores[best] != scores[best] && scores[i] == scores[i])) best = i;
    }
    return best;
}

}  // namespace

void ClassificationReport::add(std::span<const float> scores, std::optional<std::size_t> truth) {
    assert(scores.size() == label_count_ && !scores.empty());
    clips_.push_back({truth, index_of_highest(scores)});
}

ConfusionMatrix ClassificationReport::confusion() const {
    return confusion(std::vector<std::uint32_t>(clips_.size(), 1));
}

ConfusionMatrix ClassificationReport::confusion(std::span<const std::uint32_t> clip_counts) const {
    assert(clip_counts.size() == clips_.size());
    ConfusionMatrix confusion(label_count_);
    for (std::size_t i = 0; i < clips_.size(); ++i) {
        if (clips_[i].truth) confusion.add(*clips_[i].truth, clips_[i].predicted, clip_counts[i]);
    }
    return confusion;
}

ClassificationMetrics ClassificationReport::metrics() const {
    return metrics(std::vector<std::uint32_t>(clips_.size(), 1));
}

ClassificationMetrics ClassificationReport::metrics(std::span<const std::uint32_t> clip_counts) const {
    const ConfusionMatrix matrix = confusion(clip_counts);
    ClassificationMetrics metrics{matrix.accuracy(), matrix.balanced_accuracy(), {}};
    for (std::size_t label = 0; label < label_count_; ++label) metrics.recalls.push_back(matrix.recall(label));
    return metrics;
}

}  // namespace earmark
