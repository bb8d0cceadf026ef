#include "evaluation/evaluated_clips.h"

#include <algorithm>
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

// The model's tag that a label is most like, of its own category first: nothing when its name is another.
const Tag* like_of(const std::string& label, const Model& model) {
    const Tag* like = nullptr;
    for (const Tag& tag : model.tags) {
        if (plain_name(tag.label) != plain_name(label)) continue;
        if (tag.category == tag_from_label(label).category) return &tag;
        if (!like) like = &tag;
    }
    return like;
}

struct Likeness {
    std::string label;
    std::string own;  ///< of the model
};

// A label of the tag's name but another category may well mean something else; not so where no clip has the tag.
std::vector<Likeness> labels_named_otherwise(const Model& model, const Labels& labels) {
    std::vector<Likeness> found;
    for (const std::string& label : labels) {
        const Tag* like = like_of(label, model);
        if (!like || std::ranges::count(model.tags, label, &Tag::label) > 0) continue;
        if (labels.contains(like->label) && like->category != tag_from_label(label).category) continue;
        found.push_back({label, like->label});
    }
    return found;
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
    const std::vector<Likeness> likes = labels_named_otherwise(model, labels);
    const auto is_there = [&](const Tag& tag) { return labels.contains(tag.label); };
    if (std::ranges::none_of(model.tags, is_there)) {
        const std::string own = likes.empty() ? model.tags.front().label : likes.front().own;
        const std::string found = labels.empty()  ? "no tag"
                                  : likes.empty() ? "tags such as '" + *labels.begin() + "'"
                                                  : "tags such as '" + likes.front().label + "'";
        throw Error(ErrorCode::invalid_dataset, dataset.manifest.string() + ": expected tags of the model '" +
                                                    model.name + "' such as '" + own + "', found " + found);
    }
    std::vector<std::string> lines;
    lines.reserve(likes.size());
    for (const Likeness& like : likes)
        lines.push_back("'" + like.label + "' counts as another tag than the model's '" + like.own + "'");
    return lines;
}

}  // namespace earmark
