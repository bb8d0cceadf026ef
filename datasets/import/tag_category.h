#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace earmark {

/// The label "category---tag" of a tag of MagnaTagATune or Last.fm. The category is looked up in tag_category.cpp, the
/// one table of them, ignoring case; a tag that is not in it is `other`.
std::string label_of_tag(std::string_view tag);

/// The label "CATEGORY---tag", or only `tag` when it has a category already or `category` is empty; in its
/// label_spelling. Importers make their labels with this alone.
std::string label_in_category(std::string_view category, std::string_view tag);

/// Adds a label to those of a clip, unless it is among them.
void add_label(std::vector<std::string>& labels, std::string label);

}  // namespace earmark
