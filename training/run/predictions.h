#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "earmark/matrix.h"

namespace earmark {

/// What one configuration predicts of the clips that it was not trained on.
struct Predictions {
    std::vector<std::string> labels;
    std::vector<std::string> paths;   ///< of the clips, as in the manifest
    std::vector<std::string> splits;  ///< of the clips
    Matrix probabilities;             ///< clips x labels
};

/// A TAB-separated file: a header `path split LABEL...`, then a clip a line. Throws Error (unwritable).
void write_predictions(const std::filesystem::path& path, const Predictions& predictions);

/// Throws Error: not_found, unreadable, invalid_dataset (names the line; a value that is no probability, a clip that
/// occurs twice).
Predictions read_predictions(const std::filesystem::path& path);

}  // namespace earmark
