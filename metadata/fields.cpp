#include "metadata/fields.h"

#include <array>
#include <utility>

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

}  // namespace earmark::metadata
