#include "training/study/study_results.h"

#include <algorithm>

#include "metrics/truth.h"

namespace earmark {

std::optional<std::size_t> place_of(const std::vector<StudiedConfiguration>& configurations,
                                    const ConfigurationId& id) {
    const auto found = std::ranges::find(configurations, id, &StudiedConfiguration::id);
    if (found == configurations.end()) return std::nullopt;
    return static_cast<std::size_t>(found - configurations.begin());
}

std::size_t place_of_whole_method(const StudyScores& scores) {
    return place_of(scores.configurations, whole_method_id).value_or(scores.configurations.size() - 1);
}

std::vector<std::size_t> positive_counts(const StudyScores& scores) {
    std::vector<std::size_t> counts(scores.labels.size(), 0);
    for (const ScoredClip& clip : scores.clips) {
        for (std::size_t label = 0; label < counts.size(); ++label)
            counts[label] += truth_of_target(clip.targets[label]) == Truth::present ? 1 : 0;
    }
    return counts;
}

}  // namespace earmark
