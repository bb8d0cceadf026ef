#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "earmark/tagger.h"

namespace earmark {

/// What one pass over a file gives, in memory that does not grow with it.
struct ClipProbabilities {
    std::vector<float> probabilities;  ///< in the order of Model::tags
    double duration_s = 0.0;
    std::string warning;  ///< AudioReader::warning()
};

/// Nothing when `stop` is requested meanwhile. Throws Error, with a message that starts with the path.
std::optional<ClipProbabilities> clip_probabilities(Tagger& tagger, const std::filesystem::path& path,
                                                    const std::stop_token& stop = {});

}  // namespace earmark
