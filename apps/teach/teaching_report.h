#pragma once

#include <filesystem>

#include "training/teach/teach.h"

namespace earmark {

/// Prints what cross-validation found of a taught model: on standard output the score of each tag and of all, next to
/// the scores of a model that has learned nothing; on standard error how to read them.
void print_teaching(const TeachingOutcome& outcome, std::size_t fold_count, const std::filesystem::path& model);

}  // namespace earmark
