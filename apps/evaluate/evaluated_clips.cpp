#include "apps/evaluate/evaluated_clips.h"

#include <algorithm>
#include <map>
#include <set>

#include "earmark/error.h"

namespace earmark {
namespace {

constexpr char every_split[] = "all";

using Labels = std::set<std::string>;

Labels labels_of(const Dataset& dataset) {
    Labels labels;
    for (const Clip& clip : dataset.clips) labels.insert(clip.labels.begin(), clip.labels.end());
    return labels;
}

bool is_of_category(const std::string& label, const Tag& tag) {
    return tag_from_label(label).category == tag.category;
}

// For each tag of the model that is not among `labels`, the label that is most like it; one of its own category first.
std::map<std::string, std::string> likes_of_absent_tags(const Model& model, const Labels& labels) {
    Labels unknown = labels;
    for (const Tag& tag : model.tags) unknown.erase(tag.label);
    std::map<std::string, std::string> likes;
    for (const Tag& tag : model.tags) {
        if (labels.contains(tag.label)) continue;
        for (const std::string& label : unknown) {
            if (plain_name(label) != plain_name(tag.label)) continue;
            const auto [like, is_first] = likes.emplace(tag.label, label);
            if (!is_first && !is_of_category(like->second, tag)) like->second = label;
        }
    }
    return likes;
}

}  // namespace

void keep_split(Dataset& dataset, const std::string& split) {
    std::set<std::string> splits;
    for (const Clip& clip : dataset.clips) splits.insert(clip.split);
    if (split == every_split && !splits.contains(every_split)) return;
    dataset.clips = dataset.split(split);
    if (!dataset.clips.empty()) return;
    splits.insert(every_split);
    std::string names;
    for (const std::string& name : splits) names += (names.empty() ? "" : ", ") + name;
    throw Error(ErrorCode::invalid_dataset, dataset.manifest.string() + ": expected clips of the split '" + split +
                                                "', found none; --split takes: " + names);
}

std::vector<std::string> tags_named_otherwise(const Model& model, const Dataset& dataset) {
    const Labels labels = labels_of(dataset);
    const auto likes = likes_of_absent_tags(model, labels);
    const auto is_there = [&](const Tag& tag) { return labels.contains(tag.label); };
    if (std::ranges::none_of(model.tags, is_there)) {
        const std::string own = likes.empty() ? model.tags.front().label : likes.begin()->first;
        const std::string found = labels.empty() ? "no tag"
                                  : likes.empty() ? "tags such as '" + *labels.begin() + "'"
                                                  : "tags such as '" + likes.begin()->second + "'";
        throw Error(ErrorCode::invalid_dataset, dataset.manifest.string() + ": expected tags of the model '" +
                                                    model.name + "' such as '" + own + "', found " + found);
    }
    std::vector<std::string> lines;
    for (const auto& [own, label] : likes)
        lines.push_back("'" + label + "' is not the model's '" + own + "', which no clip has");
    return lines;
}

}  // namespace earmark
