#include "apps/common/column_name.h"

#include <algorithm>

namespace earmark {

std::string column_name(const Tag& tag, const Model& model, std::span<const std::string_view> other_columns) {
    const auto has_same_name = [&](const Tag& other) { return other.name == tag.name; };
    const bool is_unique = std::ranges::count_if(model.tags, has_same_name) == 1 &&
                           std::ranges::find(other_columns, tag.name) == other_columns.end();
    return is_unique ? tag.name : std::string(category_name(tag.category)) + "---" + tag.name;
}

}  // namespace earmark
