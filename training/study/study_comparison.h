#pragma once

#include <vector>

#include "training/study/study_metrics.h"

namespace earmark {

/// By how much each configuration of `scores` is better than the one with the same id in `other`, over the clips that
/// both have. Throws Error (usage) when there are none, or the labels differ.
std::vector<StudyComparison> compare_studies(const StudyScores& scores, const StudyScores& other,
                                             const StudyBootstrap& bootstrap);

}  // namespace earmark
