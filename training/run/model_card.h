#pragma once

#include <string>

#include "earmark/model.h"
#include "training/run/train.h"

namespace earmark {

/// The table of a run as text for a terminal and for Markdown: one line for each configuration, with ROC-AUC and
/// average precision on validation and test.
std::string results_table(const std::vector<ConfigurationResult>& results);

/// A Markdown page about a model: what it is, how it was made, how good it is.
std::string model_card(const Model& model, const TrainingOptions& options, const TrainingOutcome& outcome);

}  // namespace earmark
