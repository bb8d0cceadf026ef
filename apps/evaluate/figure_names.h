#pragma once

#include <optional>

#include "metrics/bootstrap.h"

namespace earmark {

/// What a figure is called, and how its interval is taken.
struct FigureName {
    const char* key;         ///< in JSON
    const char* title;       ///< in text
    const char* note;        ///< in text
    bool is_lifted = false;  ///< by resamples, which hold clips more than once

    std::optional<Interval> interval(const std::optional<double>& value, const BootstrapDistribution& resampled) const {
        return is_lifted && value ? resampled.unbiased_interval(*value) : resampled.interval();
    }
};

/// Calls take(name, field) for each mean of a TaggingTable; field(table) is its value.
template <typename Take>
void for_each_tagging_mean(Take take) {
    take(FigureName{"roc_auc", "ROC-AUC", "mean over tags"}, [](const auto& table) { return table.roc_auc; });
    take(FigureName{"average_precision", "average precision", "mean over tags", true},
         [](const auto& table) { return table.average_precision; });
    take(FigureName{"f1_macro", "F1, macro", "mean over tags, of what the model tells"},
         [](const auto& table) { return table.f1_macro; });
    take(FigureName{"f1_micro", "F1, micro", "decisions on all tags together"},
         [](const auto& table) { return table.f1_micro; });
}

/// The same for the figures of one tag.
template <typename Take>
void for_each_tag_figure(Take take) {
    take(FigureName{"roc_auc", "ROC-AUC", ""}, [](const auto& tag) { return tag.roc_auc; });
    take(FigureName{"average_precision", "average precision", "", true},
         [](const auto& tag) { return tag.average_precision; });
    take(FigureName{"f1", "F1", ""}, [](const auto& tag) { return tag.f1; });
}

/// The same for a ClassificationTable.
template <typename Take>
void for_each_classification_figure(Take take) {
    take(FigureName{"accuracy", "accuracy", "one label a clip"}, [](const auto& table) { return table.accuracy; });
    take(FigureName{"balanced_accuracy", "balanced accuracy", "mean over labels"},
         [](const auto& table) { return table.balanced_accuracy; });
}

}  // namespace earmark
