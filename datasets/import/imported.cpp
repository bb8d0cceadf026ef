#include "datasets/import/imported.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/similar_word.h"
#include "datasets/import/tag_category.h"
#include "datasets/text/text_lines.h"

namespace earmark {
namespace {

// The labels of the clips that are among the tags, under new names where they have some.
void keep_labels(Imported& imported, const std::map<std::string, std::string>& new_names = {}) {
    const std::set<std::string> kept(imported.tags.begin(), imported.tags.end());
    for (ListedClip& listed : imported.clips) {
        for (std::string& label : listed.clip.labels) {
            if (const auto renamed = new_names.find(label); renamed != new_names.end()) label = renamed->second;
        }
    }
    for (ListedClip& listed : imported.clips) {
        std::erase_if(listed.clip.labels, [&](const std::string& label) { return !kept.contains(label); });
    }
}

// "genre" of "genre---rock", nothing of "rock".
std::string_view category(std::string_view label) {
    const auto place = label.find("---");
    return place == std::string_view::npos ? "" : label.substr(0, place);
}

// "polkka (did you mean 'genre---polka'?)"
std::string with_similar(const std::string& name, const std::vector<std::string>& tags) {
    std::vector<std::string> names;
    names.reserve(tags.size());
    for (const std::string& tag : tags) names.push_back(plain_name(tag));
    const std::string similar = similar_word(plain_name(name), names);
    if (similar.empty()) return name;
    return name + " (did you mean '" +
           tags[static_cast<std::size_t>(std::ranges::find(names, similar) - names.begin())] + "'?)";
}

// "3 of its tags: polka, ska, zouk"
std::string counted_tags(const std::vector<std::string>& tags) {
    constexpr std::size_t most_names = 10;
    return std::to_string(tags.size()) + " of its tags: " + some_of(tags, most_names);
}

}  // namespace

std::vector<std::string> labels_by_frequency(const std::vector<ListedClip>& clips) {
    Dataset dataset;
    for (const ListedClip& listed : clips) {
        dataset.clips.push_back(listed.clip);
        dataset.clips.back().split = "all";
    }
    return labels_by_frequency(dataset, "all");
}

void keep_top_tags(Imported& imported, std::size_t count) {
    if (imported.tags.size() > count) imported.tags.resize(count);
    keep_labels(imported);
}

void keep_listed_tags(Imported& imported, const std::filesystem::path& list) {
    std::map<std::string, std::string> labels;
    for (const std::string& label : imported.tags) labels.emplace(plain_name(label), label);
    std::map<std::string, std::string> new_names;
    std::vector<std::string> tags;
    std::vector<std::string> absent;
    for (const std::string& listed : read_labels(list)) {
        const std::string name = label_spelling(listed);
        const auto place = labels.find(plain_name(name));
        const bool is_there = std::ranges::find(imported.tags, name) != imported.tags.end();
        if (place == labels.end()) {
            absent.push_back(with_similar(listed, imported.tags));
            continue;
        }
        const bool is_renamed = !is_there && !category(name).empty() && category(name) == category(place->second);
        if (is_renamed) new_names.emplace(place->second, name);
        add_label(tags, is_there || is_renamed ? name : place->second);
    }
    if (tags.empty()) {
        throw Error(ErrorCode::invalid_dataset,
                    list.string() + ": no clip has a tag of this list; the first is " + absent.front());
    }
    if (!absent.empty()) imported.notes.push_back(list.string() + ": no clip has " + counted_tags(absent));
    imported.tags = std::move(tags);
    keep_labels(imported, new_names);
}

void drop_untagged(Imported& imported) {
    leave_out(imported, false,
              [](const ListedClip& listed) { return listed.clip.labels.empty() ? "has none of the tags" : ""; });
}

void drop_shorter(Imported& imported, double shortest_s) {
    leave_out(imported, false, [&](const ListedClip& listed) {
        return listed.duration_s > 0.0 && listed.duration_s < shortest_s ? "is shorter than --min-seconds" : "";
    });
}

void note_spelling(Imported& imported, std::string_view tag) {
    if (tag.find(',') == std::string_view::npos) return;
    const std::string note = "the tag '" + std::string(tag) + "' is spelled '" + label_spelling(tag) +
                             "' here: a comma separates tags from each other";
    if (std::ranges::find(imported.notes, note) == imported.notes.end()) imported.notes.push_back(note);
}

void note_passed_over(Imported& imported, const std::filesystem::path& folder, const std::string& passed_over) {
    if (!passed_over.empty()) imported.notes.push_back(folder.string() + ": " + passed_over);
}

}  // namespace earmark
