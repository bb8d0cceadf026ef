#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "earmark/tagger.h"

namespace earmark {

/// What came of one file: tags, or an error.
struct TaggedFile {
    std::filesystem::path path;
    double duration_s = 0.0;
    std::vector<TagProbability> tags;  ///< most probable first
    std::string warning;               ///< empty, or what was wrong although there are tags
    std::string error;                 ///< empty, or one line that starts with the path
};

/// Which tags are shown.
struct TagSelection {
    std::optional<std::size_t> top;  ///< so many of the most probable, present or not
    std::optional<float> threshold;  ///< in place of every tag's own
    bool all = false;                ///< absent tags too
};

/// Decodes and tags; errors end up in the result. Nothing when it was stopped.
std::optional<TaggedFile> tag_file(Tagger& tagger, const std::filesystem::path& path, const TagSelection& selection,
                                   const std::stop_token& stop);

}  // namespace earmark
