#pragma once

#include <filesystem>
#include <vector>

#include "earmark/matrix.h"
#include "training/clips/clips.h"

namespace earmark {

/// External embeddings, such as those of another program: a TAB-separated file without header, one clip a line,
/// its path as in the manifest and then its numbers, as many in every line. Returns clips x numbers. Throws Error:
/// not_found, unreadable, invalid_dataset (names the line, or a clip that is missing).
Matrix read_external_embeddings(const std::filesystem::path& path, const std::vector<TrainingClip>& clips);

}  // namespace earmark
