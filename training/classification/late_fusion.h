#pragma once

#include <vector>

#include "earmark/classifier.h"

namespace earmark {

/// One classifier whose outputs, before sigmoid or softmax, are the means of those of `members`. Its inputs are theirs
/// side by side. Where they have hidden layers, these become the members of the classifier. REQUIRES: the same labels,
/// output and number of layers in all.
ClassifierWeights joined_classifier(const std::vector<ClassifierWeights>& members);

}  // namespace earmark
