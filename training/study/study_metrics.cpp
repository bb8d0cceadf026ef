#include "training/study/study_metrics.h"

#include "training/study/study_rows.h"

namespace earmark {
namespace {

using Kind = ConfigurationKind;

// The configuration of the last level that a configuration of all levels is compared with.
ConfigurationId last_level_of(const ConfigurationId& all_levels) { return last_level_id(all_levels.scales); }

// Of local models their mean is compared with the whole method, where there is one.
bool is_compared_with_whole_method(const ConfigurationId& id, bool has_local_mean) {
    if (id == whole_method_id || id.kind == Kind::one_level || id.kind == Kind::last_level) return false;
    return id.kind != Kind::local_model || id == local_model_id() || !has_local_mean;
}

std::vector<ConfigurationPair> pairs_to_compare(const std::vector<StudiedConfiguration>& configurations) {
    const auto whole_method = place_of(configurations, whole_method_id);
    const bool has_local_mean = place_of(configurations, local_model_id()).has_value();
    std::vector<ConfigurationPair> pairs;
    for (std::size_t i = 0; i < configurations.size(); ++i) {
        const ConfigurationId& id = configurations[i].id;
        const auto last_level =
            id.kind == Kind::all_levels ? place_of(configurations, last_level_of(id)) : std::nullopt;
        if (last_level) pairs.push_back({i, *last_level});
        if (whole_method && is_compared_with_whole_method(id, has_local_mean)) pairs.push_back({*whole_method, i});
    }
    return pairs;
}

ConfigurationMetrics metrics_of(const StudyRows& rows, std::size_t place, const StudyScores& scores,
                                const ResampledRow& resampled) {
    const std::size_t first = rows.first_column(place);
    ConfigurationMetrics metrics{resampled.metric(first + roc_auc_column),
                                 resampled.unbiased_metric(first + average_precision_column),
                                 resampled.metric(first + accuracy_column),
                                 resampled.metric(first + balanced_accuracy_column),
                                 {}};
    for (std::size_t tag = 0; tag < scores.labels.size(); ++tag)
        metrics.tags.push_back(resampled.metric(first + first_tag_column + tag));
    for (const MetricRow& seed : rows.seed_rows(place, std::vector<std::uint32_t>(scores.clips.size(), 1))) {
        metrics.roc_auc.by_seed.push_back(seed[roc_auc_column]);
        metrics.average_precision.by_seed.push_back(seed[average_precision_column]);
        metrics.accuracy.by_seed.push_back(seed[accuracy_column]);
        metrics.balanced_accuracy.by_seed.push_back(seed[balanced_accuracy_column]);
    }
    return metrics;
}

}  // namespace

StudyMetrics study_metrics(const StudyScores& scores, const StudyBootstrap& bootstrap) {
    const std::vector<ConfigurationPair> pairs = pairs_to_compare(scores.configurations);
    std::vector<FoldedConfiguration> configurations;
    for (const StudiedConfiguration& configuration : scores.configurations)
        configurations.push_back({configuration, scores.folds});
    const StudyRows rows(configurations, scores.clips, scores.output, pairs);
    const ResampledRow resampled = resample(rows, scores.clips, bootstrap);

    StudyMetrics metrics;
    for (std::size_t i = 0; i < configurations.size(); ++i)
        metrics.configurations.push_back(metrics_of(rows, i, scores, resampled));
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        metrics.comparisons.push_back(resampled.comparison(
            scores.configurations[pairs[i].a].id, scores.configurations[pairs[i].b].id, rows.difference_column(i)));
    }
    return metrics;
}

}  // namespace earmark
