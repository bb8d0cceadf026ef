#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "earmark/tag.h"
#include "training/run/assemble_model.h"

namespace earmark {

/// How well each tag is predicted for the clips that are music: by what people annotated where that has clips with the
/// tag and without it, else by all that is known. The intervals are over artists, by 1000 resamples. Nothing where the
/// score is undefined.
std::vector<std::optional<TagScore>> tag_scores(const OutOfFold& out_of_fold, std::size_t tag_count,
                                                std::size_t worker_count);

}  // namespace earmark
