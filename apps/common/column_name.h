#pragma once

#include <span>
#include <string>
#include <string_view>

#include "earmark/model.h"

namespace earmark {

/// The column of a tag in a table: its name; with its category, "genre---Pop", where another tag of the model or one of
/// the other columns has the same name.
std::string column_name(const Tag& tag, const Model& model, std::span<const std::string_view> other_columns);

}  // namespace earmark
