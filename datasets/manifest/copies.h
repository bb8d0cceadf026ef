#pragma once

#include <filesystem>
#include <vector>

#include "datasets/manifest/dataset.h"

namespace earmark {

/// Marks the clips of each group, which are places in Dataset::clips, as copies of each other.
void mark_copies(Dataset& dataset, const std::vector<std::vector<std::size_t>>& groups);

/// The groups of clips that are marked so, in the order of their first clips.
std::vector<std::vector<std::size_t>> copies_in(const Dataset& dataset);

/// Writes a TAB-separated file: a header `group path`, then a line for each clip that is a copy of another one. Throws
/// Error (unwritable).
void write_copies(const std::filesystem::path& path, const Dataset& dataset);

/// Marks the clips that such a file names. Throws Error: not_found, unreadable, invalid_dataset (names the line).
void read_copies(const std::filesystem::path& path, Dataset& dataset);

}  // namespace earmark
