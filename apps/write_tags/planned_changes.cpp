#include "apps/write_tags/planned_changes.h"

#include <algorithm>
#include <array>

#include "metadata/text.h"

namespace earmark {
namespace {

using metadata::FieldChange;
using metadata::FieldValues;
using metadata::FileFields;
using metadata::TagField;
using metadata::Values;

constexpr std::array written_fields{TagField::genre, TagField::mood, TagField::grouping, TagField::comment};

Values values_in(const FieldValues& all, TagField field) {
    const auto found = all.find(field);
    return found == all.end() ? Values{} : found->second;
}

bool contains(const Values& values, const std::string& value) {
    return std::ranges::any_of(values,
                               [&](const std::string& one) { return metadata::equal_without_case(one, value); });
}

// "genre:Jazz" of EARMARK_TAGS, for one field.
Values own_values(const FileFields& fields, TagField field) {
    const std::string start = std::string(field_name(field)) + ":";
    Values values;
    for (const std::string& entry : values_in(fields.values, TagField::earmark_tags))
        if (entry.starts_with(start)) values.push_back(entry.substr(start.size()));
    return values;
}

// A comment without the blocks "[GENRE: ...]" and "[MOOD: ...]".
std::string without_blocks(std::string text) {
    for (const char* start : {"[GENRE: ", "[MOOD: "}) {
        const std::size_t at = text.find(start);
        const std::size_t end = text.find(']', at == std::string::npos ? 0 : at);
        if (at == std::string::npos || end == std::string::npos) continue;
        text = metadata::trimmed(metadata::trimmed(text.substr(0, at)) + " " + metadata::trimmed(text.substr(end + 1)));
    }
    return text;
}

Values foreign_comments(const FileFields& fields) {
    const Values own = values_in(fields.values, TagField::comment);
    if (own.empty()) return values_in(fields.elsewhere, TagField::comment);
    Values values;
    for (const std::string& value : own)
        if (std::string rest = without_blocks(value); !rest.empty()) values.push_back(std::move(rest));
    return values;
}

// What the file has, in any of its tags, and Earmark did not write.
Values foreign_values(const FileFields& fields, TagField field) {
    if (field == TagField::comment) return foreign_comments(fields);
    Values values = values_in(fields.values, field);
    for (const std::string& value : values_in(fields.elsewhere, field))
        if (!contains(values, value)) values.push_back(value);
    const Values own = own_values(fields, field);
    std::erase_if(values, [&](const std::string& value) { return contains(own, value); });
    return values;
}

Values new_values(const FileFields& fields, TagField field, const Values& chosen, WriteMode mode, bool adds) {
    const Values foreign = foreign_values(fields, field);
    if (mode == WriteMode::fill && !adds && !foreign.empty()) return values_in(fields.values, field);
    if (mode == WriteMode::overwrite && !adds) return chosen;
    if (field == TagField::comment) return {metadata::trimmed(metadata::joined(foreign, " ") + " " + chosen.front())};
    Values values = foreign;
    for (const std::string& value : chosen)
        if (!contains(values, value)) values.push_back(value);
    return values;
}

// What a plan shows as replaced: also what a second tag has.
Values values_before(const FileFields& fields, TagField field) {
    Values values = values_in(fields.values, field);
    for (const std::string& value : values_in(fields.replaced_elsewhere, field))
        if (!contains(values, value)) values.push_back(value);
    return values;
}

}  // namespace

std::set<TagField> open_fields(const FileFields& fields, const std::set<TagField>& wanted, WriteMode mode,
                               bool adds_to_comment) {
    std::set<TagField> open = wanted;
    if (mode != WriteMode::fill) return open;
    std::erase_if(open, [&](TagField field) {
        const bool adds = field == TagField::comment && adds_to_comment;
        return !adds && !foreign_values(fields, field).empty();
    });
    return open;
}

std::vector<FieldChange> planned_changes(const FileFields& fields, const FieldValues& chosen,
                                         const std::string& model_identity, WriteMode mode, bool adds_to_comment) {
    std::vector<FieldChange> changes;
    Values own;
    for (const TagField field : written_fields) {
        const Values before = values_in(fields.values, field);
        const auto wanted = chosen.find(field);
        Values after = before;
        if (wanted != chosen.end())
            after = new_values(fields, field, wanted->second, mode, field == TagField::comment && adds_to_comment);
        const bool is_changed = after != before || (wanted != chosen.end() && mode == WriteMode::overwrite &&
                                                    has_others_elsewhere(fields, field, after));
        if (is_changed) changes.push_back({field, values_before(fields, field), after});
        if (field == TagField::comment) continue;
        Values owned = is_changed ? wanted->second : own_values(fields, field);
        const Values foreign = !is_changed || mode == WriteMode::overwrite ? Values{} : foreign_values(fields, field);
        for (const std::string& value : owned)
            if (contains(after, value) && !contains(foreign, value))
                own.push_back(std::string(field_name(field)) + ":" + value);
    }
    if (changes.empty()) return changes;
    const auto set = [&](TagField field, const Values& after) {
        const Values before = values_in(fields.values, field);
        if (after != before) changes.push_back({field, before, after});
    };
    set(TagField::earmark_tags, own);
    set(TagField::earmark_model, {model_identity});
    return changes;
}

}  // namespace earmark
