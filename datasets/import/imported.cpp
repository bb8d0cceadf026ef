#include "datasets/import/imported.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <set>

#include "datasets/text_lines.h"

namespace earmark {
namespace {

void keep_labels(Imported& imported) {
    const std::set<std::string> kept(imported.tags.begin(), imported.tags.end());
    for (ListedClip& listed : imported.clips) {
        std::erase_if(listed.clip.labels, [&](const std::string& label) { return !kept.contains(label); });
    }
}

// What is left of a label when spelling does not matter.
std::string plain_name(std::string_view label) {
    if (const auto place = label.find("---"); place != std::string_view::npos) label.remove_prefix(place + 3);
    std::string name;
    for (const unsigned char letter : label) {
        if (letter != ' ' && letter != '-' && letter != '_') name.push_back(static_cast<char>(std::tolower(letter)));
    }
    return name;
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
    std::vector<std::string> tags;
    for (const std::string& name : read_labels(list)) {
        const auto exact = std::ranges::find(imported.tags, name);
        const auto place = labels.find(plain_name(name));
        if (exact == imported.tags.end() && place == labels.end()) {
            throw Error(ErrorCode::invalid_dataset, list.string() + ": no clip has the tag '" + name + "'");
        }
        tags.push_back(exact == imported.tags.end() ? place->second : name);
    }
    imported.tags = std::move(tags);
    keep_labels(imported);
}

void drop_untagged(Imported& imported) {
    leave_out(imported, false,
              [](const ListedClip& listed) { return listed.clip.labels.empty() ? "has none of the tags" : ""; });
}

void drop_shorter(Imported& imported, double shortest_s) {
    leave_out(imported, false, [&](const ListedClip& listed) {
        return listed.duration_s > 0.0 && listed.duration_s < shortest_s ? "is shorter than asked for" : "";
    });
}

}  // namespace earmark
