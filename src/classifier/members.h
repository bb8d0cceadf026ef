#pragma once

#include <cstddef>
#include <vector>

#include "earmark/classifier.h"

namespace earmark {

/// Rows and columns of a hidden layer outside of which the rows have only zeros: [first, last).
struct LayerPart {
    std::size_t first_row = 0;
    std::size_t last_row = 0;
    std::size_t first_column = 0;
    std::size_t last_column = 0;

    bool operator==(const LayerPart&) const = default;
};

/// For each member of a late-fused classifier, its part of each hidden layer. The columns of its first part are its
/// inputs; those of a later part are the rows of the part before. Members have rows and columns in the order of the
/// layers, and together all of them. A classifier that is not late-fused is its only member. Empty without hidden
/// layers.
std::vector<std::vector<LayerPart>> members_of(const ClassifierWeights& weights);

/// The hidden layers whole, as one member; empty without hidden layers.
std::vector<std::vector<LayerPart>> whole_of(const ClassifierWeights& weights);

/// The weights of a part of `layer`, which has `column_count` columns.
LayerWeights weights_of(const LayerWeights& layer, std::size_t column_count, const LayerPart& part);

}  // namespace earmark
