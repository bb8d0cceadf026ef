#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "training/recipe/recipe.h"

namespace earmark {

/// What a teacher, which is a pre-trained tagger, predicts for the clips of some data sets: for each window of a clip,
/// side by side from its start, one row of numbers. docs/training.md has the file; recipes/default/make-labels writes
/// it. A value.
struct TeacherTable {
    /// The windows of one clip. The last one also counts for what is left at the end.
    struct Rows {
        std::size_t first = 0;
        std::size_t count = 0;  ///< at least 1
    };

    std::string teacher;
    TeacherKind kind = TeacherKind::probabilities;
    double window_s = 0.0;
    std::vector<std::string> columns;  ///< tags, or names of components
    std::vector<float> offsets;        ///< of each column; of probabilities, in logits
    std::vector<float> steps;
    std::vector<std::uint8_t> codes;   ///< windows x columns; a number is offset + step * code
    std::map<std::string, Rows> rows;  ///< by "NAME OF THE DATA SET'S FOLDER/PATH IN ITS MANIFEST"
    std::string identity;              ///< 16 hexadecimal digits: the checksum of the file

    /// The rows of a file whose path ends as the name of a clip does; nullptr where the teacher did not hear it.
    const Rows* find(const std::filesystem::path& file) const;

    /// Writes what the teacher predicts for the window that holds the time `seconds`: probabilities, or numbers of an
    /// embedding. REQUIRES: target.size() == columns.size().
    void copy(const Rows& rows, double seconds, std::span<float> target) const;
};

/// Throws Error: not_found, unreadable, invalid_dataset (names the field and what was expected).
TeacherTable read_teacher_table(const std::filesystem::path& path);

}  // namespace earmark
