#include "earmark/tag.h"

#include <array>
#include <utility>

namespace earmark {
namespace {

constexpr std::array<std::pair<TagCategory, std::string_view>, 6> categories = {{
    {TagCategory::genre, "genre"},
    {TagCategory::mood, "mood"},
    {TagCategory::instrument, "instrument"},
    {TagCategory::voice, "voice"},
    {TagCategory::era, "era"},
    {TagCategory::other, "other"},
}};

}  // namespace

std::string_view category_name(TagCategory category) noexcept {
    for (const auto& [value, name] : categories) {
        if (value == category) return name;
    }
    return "other";
}

TagCategory category_from_name(std::string_view name) noexcept {
    for (const auto& [value, category] : categories) {
        if (category == name) return value;
    }
    return TagCategory::other;
}

Tag tag_from_label(const std::string& label) {
    constexpr std::string_view separator = "---";
    Tag tag;
    tag.label = label;
    tag.name = label;
    const std::size_t position = label.find(separator);
    const std::size_t name_start = position + separator.size();
    if (position == std::string::npos || position == 0 || name_start == label.size()) return tag;
    tag.name = label.substr(name_start);
    // MTG-Jamendo calls its moods 'mood/theme'.
    const std::string_view category = std::string_view(label).substr(0, position);
    tag.category = category_from_name(category.substr(0, category.find('/')));
    return tag;
}

}  // namespace earmark
