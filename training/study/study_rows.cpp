#include "training/study/study_rows.h"

#include <string>

#include "datasets/manifest/clip_groups.h"
#include "datasets/manifest/dataset.h"
#include "metrics/mean.h"

namespace earmark {
namespace {

constexpr std::uint64_t resampling_seed = 1;

MetricRow mean_of(const std::vector<MetricRow>& rows) {
    MetricRow mean(rows.front().size());
    for (std::size_t i = 0; i < mean.size(); ++i) {
        MeanOfDefined value;
        for (const MetricRow& row : rows) value.add(row[i]);
        mean[i] = value.value();
    }
    return mean;
}

std::optional<double> difference(const std::optional<double>& a, const std::optional<double>& b) {
    if (!a || !b) return std::nullopt;
    return *a - *b;
}

// Copies are no independent clips, whatever else is drawn.
Resampling resampling_of(const std::vector<ScoredClip>& clips, bool by_artist) {
    std::vector<std::string> names;
    for (const std::size_t group : drawn_groups(clips, by_artist)) names.push_back(std::to_string(group));
    return {names, resampling_seed};
}

}  // namespace

std::vector<std::size_t> drawn_groups(const std::vector<ScoredClip>& clips, bool by_artist) {
    std::vector<ClipTies> ties;
    ties.reserve(clips.size());
    for (const ScoredClip& clip : clips)
        ties.push_back({by_artist ? plain_artist(clip.artist) : std::string(), clip.copies});
    return clip_groups(ties);
}

StudyRows::StudyRows(const std::vector<FoldedConfiguration>& configurations, const std::vector<ScoredClip>& clips,
                     OutputKind output, std::vector<ConfigurationPair> pairs)
    : pairs_(std::move(pairs)),
      compared_column_(output == OutputKind::softmax ? accuracy_column : roc_auc_column),
      width_(first_tag_column + (clips.empty() ? 0 : clips.front().targets.size())) {
    const ClipRows targets = target_rows(clips);
    for (const auto& [configuration, folds] : configurations) {
        auto& seeds = reports_.emplace_back();
        for (std::size_t seed = 0; seed < configuration.probabilities.size(); ++seed)
            seeds.emplace_back(clip_rows(configuration.probabilities[seed]), targets, folds[seed], output);
    }
}

std::vector<MetricRow> StudyRows::seed_rows(std::size_t configuration, ClipCounts clip_counts) const {
    std::vector<MetricRow> rows;
    for (const SeedReport& seed : reports_[configuration]) rows.push_back(seed.metrics(clip_counts));
    return rows;
}

MetricRow StudyRows::row(ClipCounts clip_counts) const {
    std::vector<MetricRow> means;
    for (std::size_t i = 0; i < reports_.size(); ++i) means.push_back(mean_of(seed_rows(i, clip_counts)));
    MetricRow all;
    for (const MetricRow& mean : means) all.insert(all.end(), mean.begin(), mean.end());
    for (const auto& [a, b] : pairs_) all.push_back(difference(means[a][compared_column_], means[b][compared_column_]));
    return all;
}

StudyMetric ResampledRow::metric(std::size_t column) const {
    return {row[column], distributions[column].interval(), {}};
}

StudyMetric ResampledRow::unbiased_metric(std::size_t column) const {
    if (!row[column]) return {};
    return {row[column], distributions[column].unbiased_interval(*row[column]), {}};
}

StudyComparison ResampledRow::comparison(const ConfigurationId& a, const ConfigurationId& b, std::size_t column) const {
    const BootstrapDistribution& distribution = distributions[column];
    return {a, b, row[column], distribution.interval(), distribution.share_at_or_below(0.0)};
}

ResampledRow resample(const StudyRows& rows, const std::vector<ScoredClip>& clips, const StudyBootstrap& bootstrap) {
    const std::vector<std::uint32_t> each_once(clips.size(), 1);
    return {rows.row(each_once),
            earmark::bootstrap(
                resampling_of(clips, bootstrap.by_artist), bootstrap.resample_count,
                [&](ClipCounts clip_counts) { return rows.row(clip_counts); }, bootstrap.thread_count)};
}

}  // namespace earmark
