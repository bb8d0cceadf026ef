#pragma once

#include "earmark/model.h"
#include "model/tensors.h"

namespace earmark {

/// The half of Model::check() that is not Model::check_settings(): the weights, named as the file's tensors. REQUIRES:
/// check_settings() passed.
void check_weights(const Model& model);

/// Units of all layers of the classifier but the last. REQUIRES: at least one layer.
HiddenUnitCounts hidden_unit_counts(const ClassifierWeights& classifier);

}  // namespace earmark
