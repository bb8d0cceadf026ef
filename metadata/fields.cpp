#include "metadata/fields.h"

#include <algorithm>
#include <array>
#include <utility>

#include "metadata/text.h"

namespace earmark::metadata {
namespace {

constexpr std::array<std::pair<TagField, std::string_view>, 6> field_names{
    {{TagField::genre, "genre"},
     {TagField::mood, "mood"},
     {TagField::grouping, "grouping"},
     {TagField::comment, "comment"},
     {TagField::earmark_tags, "EARMARK_TAGS"},
     {TagField::earmark_model, "EARMARK_MODEL"}}};

}  // namespace

std::string_view field_name(TagField field) noexcept {
    for (const auto& [known, name] : field_names)
        if (known == field) return name;
    return {};
}

std::optional<TagField> field_from_name(std::string_view name) noexcept {
    for (const auto& [field, known] : field_names)
        if (known == name) return field;
    return std::nullopt;
}

bool has_others_elsewhere(const FileFields& fields, TagField field, const Values& values) {
    const auto found = fields.replaced_elsewhere.find(field);
    if (found == fields.replaced_elsewhere.end()) return false;
    return !std::ranges::all_of(found->second, [&](const std::string& other) {
        return std::ranges::any_of(values, [&](const std::string& value) { return equal_without_case(value, other); });
    });
}

}  // namespace earmark::metadata
