#pragma once

#include "earmark/model.h"
#include "model/tensors.h"

namespace earmark {

/// The two halves of Model::check(): everything but the weights, with fields named as in the file's description, and
/// the weights, named as the file's tensors. REQUIRES for check_weights: check_settings passed.
void check_settings(const Model& model);
void check_weights(const Model& model);

/// Units of all layers of the classifier but the last. REQUIRES: at least one layer.
HiddenUnitCounts hidden_unit_counts(const ClassifierWeights& classifier);

}  // namespace earmark
