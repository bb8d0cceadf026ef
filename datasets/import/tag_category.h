#pragma once

#include <string>
#include <string_view>

namespace earmark {

/// The label "category---tag" of a tag of MagnaTagATune or Last.fm. The category is looked up in tag_category.cpp, the
/// one table of them, without regard to capitals; a tag that is not in it is `other`.
std::string label_of_tag(std::string_view tag);

/// The label "CATEGORY---tag", or `tag` as it is when it has a category already or `category` is empty.
std::string label_in_category(std::string_view category, std::string_view tag);

}  // namespace earmark
