#include "training/run/gate_clips.h"

#include <algorithm>
#include <cassert>
#include <span>
#include <utility>
#include <vector>

#include "earmark/error.h"

namespace earmark {
namespace {

// The first `row_count` rows of the clips that are wanted, standardized. Augmented copies are below all clips.
Matrix chosen_rows(const Matrix& rows, std::size_t row_count, const ClassifierWeights& classifier,
                   const std::vector<bool>& are_music, bool is_wanted) {
    std::vector<float> values;
    std::size_t count = 0;
    for (std::size_t row = 0; row < row_count; ++row) {
        if (are_music[row % are_music.size()] != is_wanted) continue;
        const std::span<const float> embedding = rows.row(row);
        for (std::size_t i = 0; i < embedding.size(); ++i)
            values.push_back((embedding[i] - classifier.means[i]) / classifier.deviations[i]);
        ++count;
    }
    return {count, rows.column_count(), std::move(values)};
}

}  // namespace

std::vector<bool> are_music(const std::string& not_music, const std::vector<Clip>& clips) {
    std::vector<bool> are;
    are.reserve(clips.size());
    for (const Clip& clip : clips) are.push_back(std::ranges::find(clip.labels, not_music) == clip.labels.end());
    return are;
}

GateClips gate_clips(const std::string& not_music, const Dataset& dataset, const TrainingClips& clips,
                     const ClassifierWeights& classifier, const Matrix& train, const Matrix& valid) {
    const std::vector<bool> are_music_train = are_music(not_music, dataset.split("train"));
    const std::vector<bool> are_music_valid = are_music(not_music, dataset.split("valid"));
    assert(are_music_train.size() == clips.train.size() && are_music_valid.size() == clips.valid.size());
    assert(train.row_count() % clips.train.size() == 0 && valid.row_count() == clips.valid.size());
    return {.music = chosen_rows(train, train.row_count(), classifier, are_music_train, true),
            .not_music = chosen_rows(train, train.row_count(), classifier, are_music_train, false),
            .familiar = chosen_rows(train, clips.train.size(), classifier, are_music_train, true),
            .valid_music = chosen_rows(valid, clips.valid.size(), classifier, are_music_valid, true),
            .valid_not_music = chosen_rows(valid, clips.valid.size(), classifier, are_music_valid, false)};
}

void check_gate_clips(const std::string& not_music, const Dataset& dataset) {
    const std::vector<bool> train = are_music(not_music, dataset.split("train"));
    const std::vector<bool> valid = are_music(not_music, dataset.split("valid"));
    const auto without_music = static_cast<std::size_t>(std::ranges::count(train, false));
    const bool has_valid_music = std::ranges::find(valid, true) != valid.end();
    if (without_music > 0 && without_music < train.size() && has_valid_music) return;
    throw Error(
        ErrorCode::invalid_dataset,
        dataset.manifest.string() + ": the recipe has a [gate] with not_music = \"" + not_music +
            "\"; expected training clips with this tag and without it, and validation clips without it; found " +
            std::to_string(without_music) + " of " + std::to_string(train.size()) + " training clips with it");
}

}  // namespace earmark
