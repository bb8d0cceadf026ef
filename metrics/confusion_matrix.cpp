#include "metrics/confusion_matrix.h"

#include <cassert>

#include "metrics/mean.h"

namespace earmark {
namespace {

double share(std::size_t part, std::size_t all) { return static_cast<double>(part) / static_cast<double>(all); }

}  // namespace

ConfusionMatrix::ConfusionMatrix(std::size_t label_count)
    : label_count_(label_count), counts_(label_count * label_count, 0) {}

void ConfusionMatrix::add(std::size_t truth, std::size_t predicted, std::size_t times) {
    assert(truth < label_count_ && predicted < label_count_);
    counts_[truth * label_count_ + predicted] += times;
    clip_count_ += times;
}

std::optional<double> ConfusionMatrix::accuracy() const {
    if (clip_count_ == 0) return std::nullopt;
    std::size_t right_count = 0;
    for (std::size_t label = 0; label < label_count_; ++label) right_count += count(label, label);
    return share(right_count, clip_count_);
}

std::optional<double> ConfusionMatrix::recall(std::size_t label) const {
    std::size_t positive_count = 0;
    for (std::size_t predicted = 0; predicted < label_count_; ++predicted) positive_count += count(label, predicted);
    if (positive_count == 0) return std::nullopt;
    return share(count(label, label), positive_count);
}

std::optional<double> ConfusionMatrix::balanced_accuracy() const {
    MeanOfDefined mean;
    for (std::size_t label = 0; label < label_count_; ++label) mean.add(recall(label));
    return mean.value();
}

}  // namespace earmark
