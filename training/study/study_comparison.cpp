#include "training/study/study_comparison.h"

#include <algorithm>
#include <map>

#include "earmark/error.h"
#include "training/study/study_rows.h"

namespace earmark {
namespace {

// The clips that both studies scored, by their places in each.
struct CommonClips {
    std::vector<std::size_t> ours;
    std::vector<std::size_t> theirs;
};

CommonClips common_clips(const StudyScores& scores, const StudyScores& other) {
    std::map<std::string, std::size_t> places;
    for (std::size_t i = 0; i < other.clips.size(); ++i) places[other.clips[i].path] = i;
    CommonClips common;
    for (std::size_t i = 0; i < scores.clips.size(); ++i) {
        const auto found = places.find(scores.clips[i].path);
        if (found == places.end()) continue;
        common.ours.push_back(i);
        common.theirs.push_back(found->second);
    }
    return common;
}

StudiedConfiguration with_clips(const StudiedConfiguration& configuration, const std::vector<std::size_t>& clips) {
    StudiedConfiguration reduced{configuration.id, configuration.feature_count, {}, configuration.valid_roc_auc};
    for (const Matrix& all : configuration.probabilities) {
        Matrix& rows = reduced.probabilities.emplace_back(clips.size(), all.column_count());
        for (std::size_t i = 0; i < clips.size(); ++i) std::ranges::copy(all.row(clips[i]), rows.row(i).begin());
    }
    return reduced;
}

std::vector<std::vector<std::size_t>> with_clips(const std::vector<std::vector<std::size_t>>& folds,
                                                 const std::vector<std::size_t>& clips) {
    std::vector<std::vector<std::size_t>> reduced;
    for (const std::vector<std::size_t>& all : folds) {
        auto& rows = reduced.emplace_back();
        for (const std::size_t clip : clips) rows.push_back(all[clip]);
    }
    return reduced;
}

void require_comparable(const StudyScores& scores, const StudyScores& other, const CommonClips& common) {
    if (scores.labels != other.labels || scores.output != other.output) {
        throw Error(ErrorCode::usage,
                    "the studies have different tags or tasks; expected the same tags, in the same order");
    }
    if (common.ours.empty()) throw Error(ErrorCode::usage, "the studies have no test clip in common");
}

}  // namespace

std::vector<StudyComparison> compare_studies(const StudyScores& scores, const StudyScores& other,
                                             const StudyBootstrap& bootstrap) {
    const CommonClips common = common_clips(scores, other);
    require_comparable(scores, other, common);
    std::vector<ScoredClip> clips;
    for (const std::size_t place : common.ours) clips.push_back(scores.clips[place]);
    const auto our_folds = with_clips(scores.folds, common.ours);
    const auto their_folds = with_clips(other.folds, common.theirs);
    std::vector<StudyComparison> comparisons;
    for (const StudiedConfiguration& configuration : scores.configurations) {
        const auto same = place_of(other.configurations, configuration.id);
        if (!same) continue;
        const StudiedConfiguration a = with_clips(configuration, common.ours);
        const StudiedConfiguration b = with_clips(other.configurations[*same], common.theirs);
        const StudyRows rows({{a, our_folds}, {b, their_folds}}, clips, scores.output, {{0, 1}});
        comparisons.push_back(resample(rows, clips, bootstrap).comparison(a.id, b.id, rows.difference_column(0)));
    }
    return comparisons;
}

}  // namespace earmark
