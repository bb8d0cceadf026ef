#pragma once

#include "catalogue/database.h"
#include "earmark/tagger.h"

namespace earmark::catalogue {

/// For a SELECT of which clip_of() reads the columns.
inline constexpr const char* clip_columns =
    "analysis.probabilities, analysis.duration_s, analysis.status, analysis.warning";

/// An analysis, without its embedding: of the columns from `first_column` on.
ClipResult clip_of(const Statement& statement, int first_column);

}  // namespace earmark::catalogue
