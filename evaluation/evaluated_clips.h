#pragma once

#include <string>
#include <vector>

#include "datasets/manifest/dataset.h"
#include "earmark/model.h"

namespace earmark {

/// Keeps the clips of one split; all of them for "all", unless a split has that name. Throws Error
/// (invalid_dataset) when there are none.
void keep_split(Dataset& dataset, const std::string& split);

/// A line for each label of the clips that the model does not know, while it has a tag of the same plain_name: one of
/// the same category, or one that no clip has. Throws Error (invalid_dataset) when the clips have no tag of the model.
std::vector<std::string> tags_named_otherwise(const Model& model, const Dataset& dataset);

}  // namespace earmark
