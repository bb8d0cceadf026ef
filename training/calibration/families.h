#pragma once

#include <span>
#include <vector>

#include "earmark/tag.h"

namespace earmark {

/// Calibrates the tags of `category` for a collection in which all families are equally frequent: a share `frequency`
/// of its clips has each tag without a parent. The log-odds of such a tag, and of all tags below it, change by
/// logit(frequency) - logit(its frequency in the data) (Saerens, Latinne and Decaestecker 2002, "Adjusting the outputs
/// of a classifier to new a priori probabilities"), so that a child stays below its parent. `frequencies` are those in
/// the data, one for each tag; a family whose first tag no clip has, or every one, stays as it is. REQUIRES: a
/// frequency between 0 and 1, and parents without a circle.
void balance_families(std::vector<Tag>& tags, TagCategory category, double frequency,
                      std::span<const double> frequencies);

}  // namespace earmark
