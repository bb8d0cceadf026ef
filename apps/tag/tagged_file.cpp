#include "apps/tag/tagged_file.h"

namespace earmark {
namespace {

// The number of tags that were left out for being more than selection.most.
std::size_t select(std::vector<RankedTag>& tags, const TagSelection& selection) {
    if (selection.threshold) {
        for (RankedTag& tag : tags) tag.present = tag.probability > 0.0F && tag.probability >= *selection.threshold;
    }
    if (selection.top && *selection.top < tags.size()) tags.resize(*selection.top);
    const bool has_absent = (selection.all || selection.top) && !selection.present_only;
    if (!has_absent) std::erase_if(tags, [](const RankedTag& tag) { return !tag.present; });
    const std::size_t count = tags.size();
    if (selection.most && *selection.most < count) tags.resize(*selection.most);
    return count - tags.size();
}

}  // namespace

std::string_view status_of(const TaggedFile& file) noexcept {
    return file.error.empty() ? to_string(file.status) : "error";
}

std::string error_without_path(const TaggedFile& file) {
    const std::string start = file.path.string() + ": ";
    return file.error.starts_with(start) ? file.error.substr(start.size()) : file.error;
}

TaggedFile tagged_file(const PoolResult& result, const Model& model, const TagSelection& selection) {
    TaggedFile file;
    file.path = result.path;
    if (result.error) {
        file.error = result.error->what();
        return file;
    }
    file.duration_s = result.clip.duration_s;
    file.status = result.clip.status;
    file.warning = result.clip.warning;
    file.tags = rank(model, result.clip.probabilities);
    file.left_out_count = select(file.tags, selection);
    return file;
}

}  // namespace earmark
