#include "earmark/model.h"

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
    const std::size_t position = label.find(separator);
    const bool has_category =
        position != std::string::npos && position > 0 && position + separator.size() < label.size();
    tag.name = has_category ? label.substr(position + separator.size()) : label;
    if (has_category) tag.category = category_from_name(label.substr(0, position));
    return tag;
}

std::size_t Model::feature_count() const noexcept {
    std::size_t count = 0;
    for (const NetworkArchitecture& architecture : architectures) count += architecture.feature_count();
    return count;
}

}  // namespace earmark
