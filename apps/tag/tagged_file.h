#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "earmark/tagger.h"
#include "earmark/tagger_pool.h"

namespace earmark {

/// What is shown of one file: tags, or an error.
struct TaggedFile {
    std::filesystem::path path;
    double duration_s = 0.0;
    ClipStatus status = ClipStatus::ok;
    std::vector<RankedTag> tags;     ///< most probable first
    std::string warning;             ///< empty, or what was wrong although there are tags
    std::string error;               ///< empty, or one line that starts with the path
    std::size_t left_out_count = 0;  ///< further tags that TagSelection::most leaves out
};

/// The name of its status: "error", or that of ClipResult::status.
std::string_view status_of(const TaggedFile& file) noexcept;

/// Its error for formats in which the path is a field of its own.
std::string error_without_path(const TaggedFile& file);

/// Which tags are shown.
struct TagSelection {
    std::optional<std::size_t> top;        ///< this many of the most probable tags, present or absent
    std::optional<float> threshold;        ///< instead of every tag's own
    bool all = false;                      ///< absent tags too
    bool present_only = false;             ///< no absent tag, also with `top`
    std::optional<std::size_t> most = {};  ///< of the most probable of all these, at most so many
};

TaggedFile tagged_file(const PoolResult& result, const Model& model, const TagSelection& selection);

}  // namespace earmark
