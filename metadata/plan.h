#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "metadata/fields.h"
#include "metadata/layout.h"

namespace earmark::metadata {

/// Other values for a field of a file. EARMARK_TAGS and EARMARK_MODEL are fields like the others.
struct FieldChange {
    TagField field = TagField::genre;
    Values before;  ///< for people; fields_digest shows whether the file still has them
    Values after;

    bool operator==(const FieldChange&) const = default;
};

struct Plan;

/// A file as it was when the plan was made, and what it is to be.
struct PlannedFile {
    std::filesystem::path path;  ///< absolute
    std::uint64_t size_bytes = 0;
    std::int64_t modified_ns = 0;
    std::string fields_digest;  ///< digest_of(FileFields)
    std::vector<FieldChange> changes;

    Edit edit(const Plan& plan) const;
    bool operator==(const PlannedFile&) const = default;
};

/// What is to be written into which files. docs/write-tags.md describes the file, line by line: JSON, which may be
/// edited by hand.
struct Plan {
    int new_id3_version = 4;
    bool converts_id3 = false;
    bool has_compat_mood = false;
    std::vector<PlannedFile> files;

    bool operator==(const Plan&) const = default;
};

inline constexpr int plan_version = 1;

std::string plan_to_text(const Plan& plan);

/// Throws Error (usage, or unsupported_model for a newer version) that starts with `name` and has the line:
/// "plan.jsonl: line 3: 'size': expected a whole number".
Plan plan_from_text(std::string_view text, const std::string& name);

/// Throws Error: not_found, unreadable, and what plan_from_text throws.
Plan read_plan(const std::filesystem::path& path);

/// Whether a new plan may take the place of a file: it is a plan, is empty, is not there, or is no regular file. Only
/// its first line is looked at. Throws Error (unreadable).
bool may_become_plan(const std::filesystem::path& path);

}  // namespace earmark::metadata
