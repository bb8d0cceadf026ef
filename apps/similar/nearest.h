#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "apps/embed/clip_embeddings.h"
#include "earmark/model.h"

namespace earmark {

/// A clip and how similar it is to what was asked for.
struct SimilarClip {
    std::size_t index = 0;    ///< into ClipEmbeddings::paths
    double similarity = 0.0;  ///< within [-1, 1]
};

/// A path as all paths to the same place are written, links apart.
std::string whole_path(const std::string& path);

/// Where each clip is, by its whole_path().
std::map<std::string, std::size_t> indices_by_path(const ClipEmbeddings& clips);

/// All clips but those with the path of a query, most similar first, equals in their order: by the cosine between their
/// standardized embedding and the mean of those of the queries, each brought to length 1. REQUIRES: at least one query,
/// and embeddings of this model.
std::vector<SimilarClip> nearest(const Model& model, const ClipEmbeddings& queries, const ClipEmbeddings& clips);

}  // namespace earmark
