#include "apps/write_tags/chosen_values.h"

#include <algorithm>

#include "base/similar_word.h"
#include "earmark/error.h"
#include "metadata/byte_source.h"
#include "metadata/text.h"

namespace earmark {
namespace {

using metadata::TagField;
using metadata::Values;

constexpr std::size_t most_of_grouping = 3;

void add_once(Values& values, const std::string& value) {
    if (std::ranges::find(values, value) == values.end()) values.push_back(value);
}

// From the tag itself to the most general one. A loop of parents ends where it began.
Values with_parents(const Model& model, const Tag& tag) {
    Values names{tag.name};
    std::string parent = tag.parent;
    while (!parent.empty() && std::ranges::find(names, parent) == names.end()) {
        names.push_back(parent);
        const auto next = std::ranges::find_if(
            model.tags, [&](const Tag& other) { return other.name == parent && other.category == tag.category; });
        parent = next == model.tags.end() ? "" : next->parent;
    }
    return names;
}

Values genres_of(const Model& model, const std::vector<const Tag*>& tags, const std::string& form) {
    Values ancestors;
    for (const Tag* tag : tags) {
        const Values names = with_parents(model, *tag);
        ancestors.insert(ancestors.end(), names.begin() + 1, names.end());
    }
    Values genres;
    for (const Tag* tag : tags) {
        const Values names = with_parents(model, *tag);
        const bool is_leaf = std::ranges::find(ancestors, tag->name) == ancestors.end();
        if (form == "parent") add_once(genres, names.back());
        if (form == "leaf" && is_leaf) add_once(genres, tag->name);
        if (form != "both") continue;
        for (const std::string& name : names) add_once(genres, name);
    }
    return genres;
}

Values mapped_genres(const Values& genres, const ValueChoice& choice) {
    Values values;
    for (const std::string& genre : genres) {
        const auto other = choice.mapped.find(genre);
        if (other == choice.mapped.end()) {
            add_once(values, genre);
        } else {
            for (const std::string& value : other->second) add_once(values, value);
        }
    }
    return values;
}

void limit(Values& values, std::size_t most) {
    if (values.size() > most) values.resize(most);
}

std::string block(const char* name, const Values& values) {
    return values.empty() ? "" : "[" + std::string(name) + ": " + metadata::joined(values, "; ") + "]";
}

Values comment_of(const Values& genres, const Values& moods, bool has_mood_alone) {
    std::string text = has_mood_alone ? "" : block("GENRE", genres);
    const std::string moods_text = block("MOOD", moods);
    if (!text.empty() && !moods_text.empty()) text += " ";
    text += moods_text;
    return text.empty() ? Values{} : Values{text};
}

}  // namespace

metadata::FieldValues chosen_values(const Model& model, std::span<const float> probabilities,
                                    const ValueChoice& choice) {
    std::vector<const Tag*> genres;
    Values moods;
    Values others;
    for (const RankedTag& ranked : rank(model, probabilities)) {
        const Tag& tag = model.tags[ranked.tag_index];
        if (!ranked.present || choice.excluded.contains(tag.name)) continue;
        if (tag.category == TagCategory::genre)
            genres.push_back(&tag);
        else
            add_once(tag.category == TagCategory::mood ? moods : others, tag.name);
    }
    Values genre_names = genres_of(model, genres, choice.genres);
    std::erase_if(genre_names, [&](const std::string& name) { return choice.excluded.contains(name); });
    genre_names = mapped_genres(genre_names, choice);
    limit(genre_names, choice.most_genres);
    limit(moods, choice.most_moods);
    limit(others, most_of_grouping);
    metadata::FieldValues values;
    const auto add = [&](TagField field, const Values& texts) {
        if (choice.fields.contains(field) && !texts.empty()) values[field] = texts;
    };
    add(TagField::genre, genre_names);
    add(TagField::mood, moods);
    add(TagField::grouping, others);
    add(TagField::comment, comment_of(genre_names, moods, choice.has_mood_block_only));
    return values;
}

std::string known_tag(const Model& model, const std::string& wanted, const std::string& option) {
    std::vector<std::string> names;
    for (const Tag& tag : model.tags) {
        if (metadata::equal_without_case(tag.name, wanted) || metadata::equal_without_case(tag.label, wanted))
            return tag.name;
        names.push_back(tag.name);
    }
    throw Error(ErrorCode::usage, option + ": the model has no tag '" + wanted + "'" + did_you_mean(wanted, names) +
                                      " ('earmark model tags' lists them)");
}

std::map<std::string, std::vector<std::string>> read_genre_map(const Model& model, const std::string& path) {
    const metadata::FileSource source(path);
    const std::string text = source.read_at_most(0, 1 << 20);
    std::map<std::string, std::vector<std::string>> mapped;
    std::size_t number = 0;
    for (const std::string& whole_line : metadata::split(text, "\n")) {
        const std::string line = metadata::trimmed(whole_line);
        const std::string where = path + ": line " + std::to_string(++number);
        if (line.empty() || line.starts_with('#')) continue;
        const std::size_t end = line.find('=');
        if (end == std::string::npos) throw Error(ErrorCode::usage, where + ": expected 'GENRE = OTHER', or 'GENRE ='");
        std::vector<std::string>& others = mapped[known_tag(model, metadata::trimmed(line.substr(0, end)), where)];
        others.clear();
        for (const std::string& other : metadata::split(line.substr(end + 1), ";"))
            if (!metadata::trimmed(other).empty()) others.push_back(metadata::trimmed(other));
    }
    return mapped;
}

}  // namespace earmark
