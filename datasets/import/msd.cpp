#include <optional>
#include <unordered_map>

#include "datasets/import/import.h"
#include "datasets/import/lists.h"
#include "datasets/import/tag_category.h"

namespace earmark {
namespace {

using Labels = std::vector<std::string>;

Labels labels_from(std::string_view tags) {
    Labels labels;
    for (const std::string& tag : listed_words(tags, ',')) add_label(labels, label_of_tag(tag));
    return labels;
}

std::unordered_map<std::string, Labels> read_label_table(const std::filesystem::path& path) {
    std::unordered_map<std::string, Labels> labels;
    for_each_line({{"", path}}, "msd_id", [&](const SplitList&, const TextLine& line, const auto& fields) {
        if (fields.size() != 2) throw line_error(path, line.number, "expected msd_id<TAB>tag,tag");
        require_track_id(trimmed(fields[0]), path, line.number);
        labels.emplace(trimmed(fields[0]), labels_from(fields[1]));
    });
    return labels;
}

}  // namespace

Imported import_msd(const std::vector<std::filesystem::path>& lists,
                    const std::optional<std::filesystem::path>& labels) {
    std::unordered_map<std::string, Labels> by_id;
    if (labels) by_id = read_label_table(*labels);
    Imported imported;
    for_each_line(split_lists(lists), "msd_id", [&](const SplitList& list, const TextLine& line, const auto& fields) {
        if (fields.size() > 2 || (fields.size() == 1 && !labels)) {
            throw line_error(list.path, line.number,
                             labels ? "expected msd_id, with or without <TAB>tag,tag"
                                    : "expected msd_id<TAB>tag,tag (or a list of ids, and --labels with the tags)");
        }
        ListedClip listed;
        const std::string id(trimmed(fields[0]));
        require_track_id(id, list.path, line.number);
        listed.clip.path = id;
        listed.clip.split = list.split;
        if (fields.size() == 2) {
            listed.clip.labels = labels_from(fields[1]);
        } else if (const auto place = by_id.find(id); place != by_id.end()) {
            listed.clip.labels = place->second;
        } else {
            imported.left_out.push_back({id, list.split, "has no tags in " + labels->filename().string(), true});
            return;
        }
        imported.clips.push_back(std::move(listed));
    });
    imported.tags = labels_by_frequency(imported.clips);
    return imported;
}

}  // namespace earmark
