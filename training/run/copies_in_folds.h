#pragma once

#include <cstddef>

#include "datasets/manifest/dataset.h"
#include "training/fit/listener.h"

namespace earmark {

/// Finds which clips are copies of each other (find_copies) and marks them in `dataset`. Reports its phase and
/// progress; false when the listener asked to stop.
bool mark_found_copies(Dataset& dataset, std::size_t worker_count, TrainingListener& listener);

/// Warns that copies are kept in one fold; nothing without copies.
void report_copies(const Dataset& dataset, TrainingListener& listener);

}  // namespace earmark
