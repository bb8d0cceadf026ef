#pragma once

#include <cstddef>
#include <vector>

#include "earmark/explain.h"
#include "explain/moment_statistics.h"

namespace earmark {

/// The filters of all levels that deviate most in a moment from their means over the training clips, the strongest
/// first.
std::vector<FilterReaction> filter_reactions(const Model& model, const MomentStatistics& statistics,
                                             const Moment& moment);

}  // namespace earmark
