#pragma once

#include <cstdint>

#include "catalogue/catalogue.h"
#include "earmark/model.h"

namespace earmark::catalogue {

/// The row of a model; 0 where the catalogue has none. Throws DatabaseError.
std::int64_t find_model(Catalogue& catalogue, const Model& model);

/// The row of a model, with those of its tags; they are made where there are none. Throws DatabaseError.
std::int64_t keep_model(Catalogue& catalogue, const Model& model);

/// A model as the catalogue has it: its name, its tags with their thresholds, and whether only the most probable tag is
/// present. It has no networks, and cannot be run. Throws DatabaseError.
Model kept_model(Database& database, std::int64_t model_id);

/// Makes it the current model: tracks that only another one has analyzed become stale, and those that this one has
/// analyzed before become current again. Throws DatabaseError.
void make_current(Catalogue& catalogue, std::int64_t model_id);

}  // namespace earmark::catalogue
