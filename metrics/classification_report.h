#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "metrics/confusion_matrix.h"
#include "metrics/tables.h"

namespace earmark {

/// The scores of a single-label task: the predicted label of a clip is the one with the highest probability, the first
/// of equal ones.
class ClassificationReport {
public:
    explicit ClassificationReport(std::size_t label_count) : label_count_(label_count) {}

    /// One clip: a score for each label, and the index of the label that it has. Clips whose label is unknown keep
    /// their place and do not count. REQUIRES: label_count scores, label_count > 0.
    void add(std::span<const float> scores, std::optional<std::size_t> truth);

    std::size_t clip_count() const noexcept { return clips_.size(); }

    /// Of all clips, or each clip counted `clip_counts` times. REQUIRES: a count for each clip.
    ConfusionMatrix confusion() const;
    ConfusionMatrix confusion(std::span<const std::uint32_t> clip_counts) const;

    ClassificationMetrics metrics() const;
    ClassificationMetrics metrics(std::span<const std::uint32_t> clip_counts) const;

private:
    struct ClassifiedClip {
        std::optional<std::size_t> truth;
        std::size_t predicted;
    };

    std::size_t label_count_;
    std::vector<ClassifiedClip> clips_;
};

}  // namespace earmark
