#include "earmark/model.h"

#include <algorithm>
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

std::size_t Model::feature_count() const noexcept {
    std::size_t count = 0;
    for (const NetworkArchitecture& architecture : architectures) count += architecture.feature_count();
    return count * statistic_count(aggregation.across_segments);
}

int format_version(const Model& model) noexcept {
    const auto has_parameters = [](const Tag& tag) { return tag.calibration.kind != Calibration::Kind::identity; };
    if (std::ranges::any_of(model.tags, has_parameters)) return 3;
    return model.aggregation.across_segments == AcrossSegments::mean ? 1 : 2;
}

}  // namespace earmark
