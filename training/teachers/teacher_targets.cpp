#include "training/teachers/teacher_targets.h"

#include <algorithm>
#include <limits>

#include "earmark/error.h"

namespace earmark {

TeacherTargets::TeacherTargets(const std::vector<TeacherChoice>& choices, const std::filesystem::path& folder) {
    for (const TeacherChoice& choice : choices) {
        const std::filesystem::path path = folder / choice.file;
        TeacherTable table = read_teacher_table(path);
        if (table.kind != choice.kind) {
            const char* expected = choice.kind == TeacherKind::probabilities ? "probabilities" : "embeddings";
            throw Error(ErrorCode::invalid_dataset,
                        path.string() + ": kind: expected " + expected + ", as in the recipe");
        }
        parts_.push_back({table.kind, choice.weight, column_count_, table.columns.size()});
        column_count_ += table.columns.size();
        files_.push_back(choice.file);
        tables_.push_back(std::move(table));
    }
}

TeacherTargets::Places TeacherTargets::places(const TrainingClip& clip) const {
    Places places;
    for (const TeacherTable& table : tables_) places.push_back(table.find(clip.file));
    return places;
}

void TeacherTargets::copy(const Places& places, double seconds, std::span<float> target) const {
    for (std::size_t i = 0; i < tables_.size(); ++i) {
        const std::span<float> part = target.subspan(parts_[i].first_column, parts_[i].column_count);
        if (places[i] == nullptr)
            std::ranges::fill(part, std::numeric_limits<float>::quiet_NaN());
        else
            tables_[i].copy(*places[i], seconds, part);
    }
}

std::string TeacherTargets::identity() const {
    std::string text;
    for (std::size_t i = 0; i < tables_.size(); ++i) text += files_[i] + " " + tables_[i].identity + "\n";
    return text;
}

}  // namespace earmark
