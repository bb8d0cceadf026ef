#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "training/clips/clips.h"
#include "training/recipe/recipe.h"
#include "training/teachers/teacher_table.h"

namespace earmark {

/// What the local networks learn from teachers (step 1): for each segment the numbers of all tables of a recipe, side
/// by side. Immutable, so any number of threads may use one.
class TeacherTargets {
public:
    /// Some of the columns: those of one table.
    struct Part {
        TeacherKind kind = TeacherKind::probabilities;
        double weight = 1.0;
        std::size_t first_column = 0;
        std::size_t column_count = 0;
    };

    /// Reads the tables of `choices` in `folder`. Throws Error: not_found, unreadable, invalid_dataset, also where a
    /// table is of another kind than in the recipe.
    TeacherTargets(const std::vector<TeacherChoice>& choices, const std::filesystem::path& folder);

    const std::vector<Part>& parts() const noexcept { return parts_; }
    std::size_t column_count() const noexcept { return column_count_; }

    /// Where a clip is in each table; nullptr where that teacher did not hear it.
    using Places = std::vector<const TeacherTable::Rows*>;
    Places places(const TrainingClip& clip) const;

    /// What the teachers predict for the time `seconds` of a clip; NaN for what is not known. REQUIRES: target.size()
    /// == column_count().
    void copy(const Places& places, double seconds, std::span<float> target) const;

    /// What these tables are: "msd_musicnn.embeddings 0123456789abcdef" and so on, one a line.
    std::string identity() const;

private:
    std::vector<std::string> files_;
    std::vector<TeacherTable> tables_;
    std::vector<Part> parts_;
    std::size_t column_count_ = 0;
};

}  // namespace earmark
