#pragma once

#include <optional>

#include "metrics/bootstrap.h"

namespace earmark {

/// A score that `earmark evaluate` prints: its names, and how its interval is computed.
struct ShownMetric {
    const char* key;                ///< in JSON
    const char* title;              ///< in text
    const char* note;               ///< in text
    bool is_moved_by_bias = false;  ///< its interval is BootstrapDistribution::unbiased_interval

    std::optional<Interval> interval(const std::optional<double>& value, const BootstrapDistribution& resampled) const {
        return is_moved_by_bias && value ? resampled.unbiased_interval(*value) : resampled.interval();
    }
};

/// Calls take(name, field) for each mean of a TaggingTable; field(table) is its value.
template <typename Take>
void for_each_tagging_mean(Take take) {
    take(ShownMetric{"roc_auc", "ROC-AUC", "mean over tags"}, [](const auto& table) { return table.roc_auc; });
    take(ShownMetric{.key = "average_precision",
                     .title = "average precision",
                     .note = "mean over tags",
                     .is_moved_by_bias = true},
         [](const auto& table) { return table.average_precision; });
    take(ShownMetric{"f1_macro", "F1, macro", "mean over tags, of the predicted tags"},
         [](const auto& table) { return table.f1_macro; });
    take(ShownMetric{"f1_micro", "F1, micro", "over all tags together"},
         [](const auto& table) { return table.f1_micro; });
}

/// The same for the scores of one tag.
template <typename Take>
void for_each_tag_metric(Take take) {
    take(ShownMetric{"roc_auc", "ROC-AUC", ""}, [](const auto& tag) { return tag.roc_auc; });
    take(ShownMetric{.key = "average_precision", .title = "average precision", .note = "", .is_moved_by_bias = true},
         [](const auto& tag) { return tag.average_precision; });
    take(ShownMetric{"f1", "F1", ""}, [](const auto& tag) { return tag.f1; });
}

/// The same for a ClassificationTable.
template <typename Take>
void for_each_classification_metric(Take take) {
    take(ShownMetric{"accuracy", "accuracy", "of single-label clips"},
         [](const auto& table) { return table.accuracy; });
    take(ShownMetric{"balanced_accuracy", "balanced accuracy", "mean over labels"},
         [](const auto& table) { return table.balanced_accuracy; });
}

}  // namespace earmark
