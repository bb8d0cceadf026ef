#include "apps/tag/tagged_file.h"

#include <exception>
#include <new>

#include "apps/common/clip_probabilities.h"
#include "earmark/error.h"

namespace earmark {
namespace {

void select(std::vector<TagProbability>& tags, const TagSelection& selection) {
    if (selection.threshold) {
        for (TagProbability& tag : tags) tag.present = tag.probability >= *selection.threshold;
    }
    if (selection.top && *selection.top < tags.size()) tags.resize(*selection.top);
    if (!selection.all && !selection.top) std::erase_if(tags, [](const TagProbability& tag) { return !tag.present; });
}

}  // namespace

std::optional<TaggedFile> tag_file(Tagger& tagger, const std::filesystem::path& path, const TagSelection& selection,
                                   const std::stop_token& stop) {
    TaggedFile file;
    file.path = path;
    try {
        const std::optional<ClipProbabilities> clip = clip_probabilities(tagger, path, stop);
        if (!clip) return std::nullopt;
        file.duration_s = clip->duration_s;
        file.warning = clip->warning;
        file.tags = tagger.rank(clip->probabilities);
        select(file.tags, selection);
    } catch (const Error& error) {
        file.error = error.what();
    } catch (const std::bad_alloc&) {
        file.error = path.string() + ": there is not enough memory";
    } catch (const std::exception& error) {
        file.error = path.string() + ": " + error.what();
    }
    return file;
}

}  // namespace earmark
