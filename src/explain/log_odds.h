#pragma once

#include <cstddef>
#include <span>

#include "earmark/model.h"

namespace earmark {

/// ln(p / (1 - p)) of the probability p of a tag, from the classifier's logits (Classifier::logits) for all tags. It
/// does not saturate, unlike a probability. Of the only label of a softmax it is 0: there is nothing to decide.
double log_odds(const Model& model, std::span<const float> logits, std::size_t tag_index);

}  // namespace earmark
