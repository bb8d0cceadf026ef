#include "metadata/plan.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "earmark/error.h"
#include "metadata/json_line.h"

namespace earmark::metadata {
namespace {

constexpr const char* version_name = "earmark_plan";
constexpr std::size_t most_value_bytes = 1'000;  // of genres, moods and comments; what is longer is none

nlohmann::json change_to_json(const FieldChange& change) {
    return {{"field", field_name(change.field)}, {"before", change.before}, {"after", change.after}};
}

FieldChange change_from_json(const nlohmann::json& json) {
    FieldChange change;
    const std::string name = text_of(json, "field");
    const auto field = field_from_name(name);
    if (!field) throw Damage("'field': expected genre, mood, grouping, comment, EARMARK_TAGS or EARMARK_MODEL");
    change.field = *field;
    change.before = texts_of(json, "before");
    change.after = texts_of(json, "after");
    for (const std::string& value : change.after)
        if (value.empty() || value.size() > most_value_bytes || value.find('\0') != std::string::npos)
            throw Damage("'after': expected texts of 1 to 1,000 bytes without NUL");
    return change;
}

PlannedFile file_from_json(const nlohmann::json& json) {
    PlannedFile file;
    file.path = path_from_json(member(json, "path"));
    file.size_bytes = whole_number_of(json, "size");
    file.modified_ns = signed_number_of(json, "modified_ns");
    file.fields_digest = text_of(json, "fields");
    const nlohmann::json& changes = member(json, "changes");
    if (!changes.is_array()) throw Damage("'changes': expected a list");
    for (const nlohmann::json& change : changes) file.changes.push_back(change_from_json(change));
    for (const FieldChange& change : file.changes)
        if (std::ranges::count(file.changes, change.field, &FieldChange::field) > 1)
            throw Damage("'changes': has a field twice");
    return file;
}

void read_header(const nlohmann::json& json, Plan& plan) {
    const std::uint64_t version = whole_number_of(json, version_name);
    if (version != plan_version)
        throw Error(ErrorCode::usage,
                    "is a plan of version " + std::to_string(version) + "; expected version 1, or a newer Earmark");
    const std::uint64_t id3_version = whole_number_of(json, "new_id3_version");
    if (id3_version != 3 && id3_version != 4) throw Damage("'new_id3_version': expected 3 or 4");
    plan.new_id3_version = static_cast<int>(id3_version);
    plan.converts_id3 = json.contains("converts_id3") && truth_of(json, "converts_id3");
    plan.has_compat_mood = truth_of(json, "compat");
}

void read_line(std::string_view line, std::size_t number, Plan& plan) {
    const nlohmann::json json = parse_json_line(line);
    if (number == 1)
        read_header(json, plan);
    else
        plan.files.push_back(file_from_json(json));
}

}  // namespace

Edit PlannedFile::edit(const Plan& plan) const {
    Edit edit{{}, plan.new_id3_version, plan.converts_id3, plan.has_compat_mood};
    for (const FieldChange& change : changes) edit.values[change.field] = change.after;
    return edit;
}

std::string plan_to_text(const Plan& plan) {
    std::string text = json_line({{version_name, plan_version},
                                  {"new_id3_version", plan.new_id3_version},
                                  {"converts_id3", plan.converts_id3},
                                  {"compat", plan.has_compat_mood}}) +
                       "\n";
    for (const PlannedFile& file : plan.files) {
        nlohmann::json changes = nlohmann::json::array();
        for (const FieldChange& change : file.changes) changes.push_back(change_to_json(change));
        text += json_line({{"path", path_to_json(file.path)},
                           {"size", file.size_bytes},
                           {"modified_ns", file.modified_ns},
                           {"fields", file.fields_digest},
                           {"changes", std::move(changes)}}) +
                "\n";
    }
    return text;
}

Plan plan_from_text(std::string_view text, const std::string& name) {
    Plan plan;
    std::size_t number = 0;
    const auto where = [&] { return name + ": line " + std::to_string(number) + ": "; };
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(text.size(), end + 1));
        ++number;
        if (line.find_first_not_of(" \t\r") == std::string_view::npos && number > 1) continue;
        try {
            read_line(line, number, plan);
        } catch (const Damage& damage) {
            throw Error(ErrorCode::usage, where() + damage.what() + "; expected a plan of 'earmark write-tags'");
        } catch (const Error& error) {
            throw Error(error.code(), where() + error.what());
        }
    }
    if (number == 0) throw Error(ErrorCode::usage, name + ": is empty; expected a plan of 'earmark write-tags'");
    return plan;
}

Plan read_plan(const std::filesystem::path& path) {
    const FileSource source(path);
    try {
        return plan_from_text(source.read(0, source.size()), path.string());
    } catch (const Damage& damage) {
        throw Error(ErrorCode::unreadable, path.string() + ": " + damage.what());
    }
}

bool may_become_plan(const std::filesystem::path& path) {
    constexpr std::uint64_t most_header_bytes = 1'000;
    if (!std::filesystem::is_regular_file(path)) return true;
    const FileSource source(path);
    if (source.size() == 0) return true;
    const std::string start = source.read(0, std::min(source.size(), most_header_bytes));
    const std::string header = start.substr(0, start.find('\n'));
    return header.find('"' + std::string(version_name) + '"') != std::string::npos;
}

}  // namespace earmark::metadata
