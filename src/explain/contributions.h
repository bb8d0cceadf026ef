#pragma once

#include <span>
#include <vector>

#include "earmark/classifier.h"
#include "earmark/explain.h"

namespace earmark {

/// For each tag. REQUIRES: Model::feature_count() numbers.
std::vector<TagContributions> contributions(const Model& model, Classifier& classifier,
                                            std::span<const float> embedding, std::span<const std::size_t> tags);

}  // namespace earmark
