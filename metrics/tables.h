#pragma once

#include <cassert>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace earmark {

/// One value for each score of a tagging report: the scores themselves, or their intervals, differences, ...
template <typename Value>
struct TaggingTable {
    struct Tag {
        Value roc_auc{};
        Value average_precision{};
        Value f1{};
    };

    Value roc_auc{};            ///< mean over tags
    Value average_precision{};  ///< mean over tags
    Value f1_macro{};           ///< mean over tags
    Value f1_micro{};           ///< over all tags together
    std::vector<Tag> tags;
};

/// The same for a single-label task.
template <typename Value>
struct ClassificationTable {
    Value accuracy{};
    Value balanced_accuracy{};   ///< mean over the labels that some clip has
    std::vector<Value> recalls;  ///< of each label
};

using TaggingMetrics = TaggingTable<std::optional<double>>;
using ClassificationMetrics = ClassificationTable<std::optional<double>>;

/// The values of a table in one row: the means, then tag after tag or label after label.
template <typename Value>
std::vector<Value> row_of(const TaggingTable<Value>& table) {
    std::vector<Value> row{table.roc_auc, table.average_precision, table.f1_macro, table.f1_micro};
    for (const auto& tag : table.tags) row.insert(row.end(), {tag.roc_auc, tag.average_precision, tag.f1});
    return row;
}

template <typename Value>
std::vector<Value> row_of(const ClassificationTable<Value>& table) {
    std::vector<Value> row{table.accuracy, table.balanced_accuracy};
    row.insert(row.end(), table.recalls.begin(), table.recalls.end());
    return row;
}

/// The table that row_of makes such a row of.
template <typename Value>
TaggingTable<Value> tagging_table(std::span<const Value> row) {
    constexpr std::size_t mean_count = 4;
    constexpr std::size_t tag_metric_count = 3;
    assert(row.size() >= mean_count && (row.size() - mean_count) % tag_metric_count == 0);
    TaggingTable<Value> table{row[0], row[1], row[2], row[3], {}};
    for (std::size_t i = mean_count; i < row.size(); i += tag_metric_count)
        table.tags.push_back({row[i], row[i + 1], row[i + 2]});
    return table;
}

template <typename Value>
ClassificationTable<Value> classification_table(std::span<const Value> row) {
    assert(row.size() >= 2);
    return {row[0], row[1], {row.begin() + 2, row.end()}};
}

}  // namespace earmark
