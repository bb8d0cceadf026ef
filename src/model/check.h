#pragma once

#include "earmark/model.h"
#include "model/tensors.h"

namespace earmark {

/// The part of Model::check_settings() that is about tags.
void check_tags(const std::vector<Tag>& tags, OutputKind output);

/// The half of Model::check() that is not Model::check_settings(): the weights, named as the file's tensors. REQUIRES:
/// check_settings() passed.

/// Whether the values of float16 weights were looked at while they were read. Doing it again would read megabytes that
/// have left the cache since, before the first result.
enum class WeightValues { unknown, known_finite };
void check_weights(const Model& model, WeightValues weight_values = WeightValues::unknown);

/// The widths of a classifier, by its biases.
ClassifierShape classifier_shape(const ClassifierWeights& classifier);

/// That there are no members or more than one, that all layers have units, and that the members read `feature_count`
/// numbers together.
void check_classifier_shape(const ClassifierShape& shape, std::size_t feature_count);

}  // namespace earmark
