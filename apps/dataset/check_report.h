#pragma once

#include <iosfwd>

#include "datasets/check/dataset_check.h"

namespace earmark {

/// Tables and lists for people. Duplicates across splits are listed, those within a split only counted.
void write_check_text(std::ostream& stream, const Dataset& dataset, const DatasetCheck& check);

/// Everything, as one object.
void write_check_json(std::ostream& stream, const Dataset& dataset, const DatasetCheck& check);

/// The pairs whose clips are in different splits.
std::vector<NearDuplicate> across_splits(const Dataset& dataset, const std::vector<NearDuplicate>& pairs);

}  // namespace earmark
