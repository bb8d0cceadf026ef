#include <algorithm>
#include <cassert>

#include "earmark/tagger.h"

namespace earmark {

std::vector<RankedTag> rank(const Model& model, std::span<const float> probabilities) {
    assert(probabilities.size() == model.tags.size());
    const bool is_single_label = model.classifier.output == OutputKind::softmax;
    std::vector<RankedTag> tags(probabilities.size());
    for (std::size_t index = 0; index < tags.size(); ++index) {
        const bool reaches_threshold =
            probabilities[index] > 0.0F && probabilities[index] >= model.tags[index].threshold;
        tags[index] = {index, probabilities[index], !is_single_label && reaches_threshold};
    }
    std::ranges::stable_sort(tags, std::ranges::greater(), &RankedTag::probability);
    if (is_single_label && !tags.empty()) tags.front().present = tags.front().probability > 0.0F;
    return tags;
}

}  // namespace earmark
