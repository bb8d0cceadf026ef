#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace earmark {

/// True and predicted labels of a single-label task. Scores agree with scikit-learn to 1e-9.
class ConfusionMatrix {
public:
    explicit ConfusionMatrix(std::size_t label_count);

    /// One clip, or `times` equal ones. REQUIRES: indices below label_count.
    void add(std::size_t truth, std::size_t predicted, std::size_t times = 1);

    std::size_t label_count() const noexcept { return label_count_; }
    std::size_t clip_count() const noexcept { return clip_count_; }

    /// Clips of the label `truth` that were predicted to have `predicted` (sklearn.metrics.confusion_matrix).
    std::size_t count(std::size_t truth, std::size_t predicted) const {
        return counts_[truth * label_count_ + predicted];
    }

    /// The share of clips whose label was predicted correctly (sklearn.metrics.accuracy_score). Nothing without clips.
    std::optional<double> accuracy() const;

    /// The share of a label's clips that were predicted to have it. Nothing when no clip has this label.
    std::optional<double> recall(std::size_t label) const;

    /// Mean recall over the labels that some clip has (sklearn.metrics.balanced_accuracy_score). Nothing without clips.
    std::optional<double> balanced_accuracy() const;

private:
    std::size_t label_count_;
    std::size_t clip_count_ = 0;
    std::vector<std::size_t> counts_;
};

}  // namespace earmark
