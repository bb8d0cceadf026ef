#pragma once

#include <cstddef>
#include <vector>

#include "earmark/embedding.h"
#include "earmark/explain.h"
#include "earmark/model.h"

namespace earmark {

/// A block of the embedding, and which numbers of a segment it is made of.
struct MappedBlock {
    ExplainedLevel cell;
    std::size_t first = 0;  ///< of the embedding
    std::size_t count = 0;
    std::size_t column = 0;  ///< of its scale's SegmentMaxima::values
    Statistic statistic = Statistic::mean;
};

/// All of embedding_layout(), from which alone levels are known.
std::vector<MappedBlock> map_embedding(const Model& model);

}  // namespace earmark
