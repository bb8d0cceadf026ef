#pragma once

#include <cstddef>
#include <memory>
#include <numeric>
#include <vector>

#include "earmark/embedding.h"
#include "earmark/explain.h"
#include "tests/support/small_model.h"

namespace earmark {

/// small_model() with a classifier of one layer that gets nothing but zeros.
inline Model model_that_reads_nothing() {
    Model model = small_model();
    const std::size_t length = model.feature_count();
    LayerWeights layer{WeightVector(model.tags.size() * length, 0.0F), std::vector<float>(model.tags.size(), -0.5F)};
    model.classifier = {std::vector<float>(length, 0.0F), std::vector<float>(length, 1.0F), {}, {layer}};
    return model;
}

/// An explanation of all tags of a clip that has one segment in each scale, whose maxima are `values` (those of all
/// scales one after the other). REQUIRES: a model with means only.
inline std::vector<TagExplanation> explained(const Model& model, const std::vector<float>& values) {
    const auto shared = std::make_shared<const Model>(model);
    Explainer explainer(shared);
    std::size_t first = 0;
    for (std::size_t scale = 0; scale < model.architectures.size(); ++scale) {
        const std::size_t count = model.architectures[scale].feature_count();
        explainer.add({scale, 0, true, std::span(values).subspan(first, count)});
        first += count;
    }
    std::vector<std::size_t> tags(model.tags.size());
    std::iota(tags.begin(), tags.end(), std::size_t{0});
    ClipResult clip;
    clip.embedding = values;
    clip.duration_s = 1.0;
    return explainer.finish(clip, tags);
}

}  // namespace earmark
