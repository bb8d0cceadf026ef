#include <algorithm>
#include <map>
#include <memory>

#include "datasets/manifest/dataset.h"
#include "earmark/error.h"
#include "evaluation/score.h"
#include "metrics/mean.h"
#include "metrics/ranked_report.h"
#include "training/study/study_results.h"

namespace earmark {
namespace {

using Row = std::vector<std::optional<double>>;
using ClipCounts = std::span<const std::uint32_t>;

constexpr std::uint64_t resampling_seed = 1;

// In a row, what a configuration has before the ROC-AUC of each tag.
enum Place : std::size_t { roc_auc, average_precision, accuracy, balanced_accuracy, first_tag };

/// The clips that one model scored, ready for the figures of any resample.
class FoldReport {
public:
    FoldReport(const ClipRows& probabilities, const ClipRows& targets, std::vector<std::size_t> places)
        : places_(std::move(places)),
          ranked_(tagging_report(TaggingReport(targets.front().size()), picked(probabilities, places_),
                                 picked(targets, places_))) {}

    TaggingFigures figures(ClipCounts clip_counts) const {
        std::vector<std::uint32_t> own_counts;
        own_counts.reserve(places_.size());
        for (const std::size_t place : places_) own_counts.push_back(clip_counts[place]);
        return ranked_.figures(own_counts);
    }

private:
    static ClipRows picked(const ClipRows& rows, const std::vector<std::size_t>& places) {
        ClipRows result;
        result.reserve(places.size());
        for (const std::size_t place : places) result.push_back(rows[place]);
        return result;
    }

    std::vector<std::size_t> places_;  ///< of its clips
    RankedReport ranked_;
};

/// The places of the clips of each fold.
std::vector<std::vector<std::size_t>> places_by_fold(const std::vector<std::size_t>& folds) {
    std::vector<std::vector<std::size_t>> places;
    for (std::size_t place = 0; place < folds.size(); ++place) {
        if (places.size() <= folds[place]) places.resize(folds[place] + 1);
        places[folds[place]].push_back(place);
    }
    std::erase_if(places, [](const std::vector<std::size_t>& fold) { return fold.empty(); });
    return places;
}

/// One configuration from one seed, ready for the figures of any resample.
class SeedReport {
public:
    /// `folds` has the fold of each clip.
    SeedReport(const ClipRows& probabilities, const ClipRows& targets, const std::vector<std::size_t>& folds,
               OutputKind output)
        : tag_count_(targets.front().size()) {
        for (auto& places : places_by_fold(folds)) folds_.emplace_back(probabilities, targets, std::move(places));
        if (output == OutputKind::softmax) classification_ = classification_report(tag_count_, probabilities, targets);
    }

    Row figures(ClipCounts clip_counts) const {
        std::vector<TaggingFigures> folds;
        for (const FoldReport& fold : folds_) folds.push_back(fold.figures(clip_counts));
        MeanOfDefined mean_roc_auc;
        MeanOfDefined mean_average_precision;
        Row row(first_tag);
        for (std::size_t tag = 0; tag < tag_count_; ++tag) {
            const auto tag_roc_auc = mean_over(folds, tag, &TaggingFigures::Tag::roc_auc);
            mean_roc_auc.add(tag_roc_auc);
            mean_average_precision.add(mean_over(folds, tag, &TaggingFigures::Tag::average_precision));
            row.push_back(tag_roc_auc);
        }
        row[roc_auc] = mean_roc_auc.value();
        row[average_precision] = mean_average_precision.value();
        if (classification_) {
            const ClassificationFigures classification = classification_->figures(clip_counts);
            row[accuracy] = classification.accuracy;
            row[balanced_accuracy] = classification.balanced_accuracy;
        }
        return row;
    }

private:
    static std::optional<double> mean_over(const std::vector<TaggingFigures>& folds, std::size_t tag,
                                           std::optional<double> TaggingFigures::Tag::*figure) {
        MeanOfDefined mean;
        for (const TaggingFigures& fold : folds) mean.add(fold.tags[tag].*figure);
        return mean.value();
    }

    std::size_t tag_count_;
    std::vector<FoldReport> folds_;
    std::optional<ClassificationReport> classification_;
};

Row mean_of(const std::vector<Row>& rows) {
    Row mean(rows.front().size());
    for (std::size_t i = 0; i < mean.size(); ++i) {
        MeanOfDefined value;
        for (const Row& row : rows) value.add(row[i]);
        mean[i] = value.value();
    }
    return mean;
}

std::optional<double> difference(const std::optional<double>& a, const std::optional<double>& b) {
    if (!a || !b) return std::nullopt;
    return *a - *b;
}

/// Two configurations by their index.
struct Pair {
    std::size_t a = 0;
    std::size_t b = 0;
};

/// A configuration and, for each seed, the fold of each clip.
struct FoldedConfiguration {
    const StudiedConfiguration& configuration;
    const std::vector<std::vector<std::size_t>>& folds;
};

/// Configurations and pairs of them, as one row of figures for each resample: the figures of each configuration (means
/// over its seeds), then the difference of each pair. Does not change: threads may share it.
class StudyRows {
public:
    StudyRows(const std::vector<FoldedConfiguration>& configurations, const std::vector<ScoredClip>& clips,
              OutputKind output, std::vector<Pair> pairs)
        : pairs_(std::move(pairs)), compared_(output == OutputKind::softmax ? accuracy : roc_auc) {
        for (const auto& [configuration, folds] : configurations) {
            auto& seeds = reports_.emplace_back();
            for (std::size_t seed = 0; seed < configuration.probabilities.size(); ++seed) {
                seeds.emplace_back(clip_rows(configuration.probabilities[seed]), target_rows(clips), folds[seed],
                                   output);
            }
        }
    }

    std::vector<Row> seed_rows(std::size_t configuration, ClipCounts clip_counts) const {
        std::vector<Row> rows;
        for (const SeedReport& seed : reports_[configuration]) rows.push_back(seed.figures(clip_counts));
        return rows;
    }

    Row row(ClipCounts clip_counts) const {
        std::vector<Row> means;
        for (std::size_t i = 0; i < reports_.size(); ++i) means.push_back(mean_of(seed_rows(i, clip_counts)));
        Row all;
        for (const Row& mean : means) all.insert(all.end(), mean.begin(), mean.end());
        for (const Pair& pair : pairs_) all.push_back(difference(means[pair.a][compared_], means[pair.b][compared_]));
        return all;
    }

private:
    std::vector<std::vector<SeedReport>> reports_;  ///< configurations x seeds
    std::vector<Pair> pairs_;
    std::size_t compared_;
};

Resampling resampling_of(const std::vector<ScoredClip>& clips, bool by_artist) {
    if (!by_artist) return {clips.size(), resampling_seed};
    std::vector<std::string> artists;
    for (const ScoredClip& clip : clips) artists.push_back(plain_artist(clip.artist));
    return {artists, resampling_seed};
}

struct ResampledRow {
    Row row;
    std::vector<BootstrapDistribution> distributions;

    StudyFigure figure(std::size_t index) const { return {row[index], distributions[index].interval(), {}}; }

    // Resamples hold some clips more than once, which lifts the average precision of rare tags.
    StudyFigure lifted_figure(std::size_t index) const {
        if (!row[index]) return {};
        return {row[index], distributions[index].unbiased_interval(*row[index]), {}};
    }
};

ResampledRow resample(const StudyRows& rows, const std::vector<ScoredClip>& clips, const StudyBootstrap& settings) {
    const std::vector<std::uint32_t> each_once(clips.size(), 1);
    return {rows.row(each_once),
            bootstrap(
                resampling_of(clips, settings.by_artist), settings.resample_count,
                [&](ClipCounts clip_counts) { return rows.row(clip_counts); }, settings.thread_count)};
}

StudyComparison comparison(const std::string& a, const std::string& b, const ResampledRow& row, std::size_t index) {
    const BootstrapDistribution& distribution = row.distributions[index];
    return {a, b, row.row[index], distribution.interval(), distribution.share_at_or_below(0.0)};
}

/// Levels against the last one, all sizes against each, and everything against local models, baselines and vectors from
/// elsewhere.
std::vector<Pair> interesting_pairs(const std::vector<StudiedConfiguration>& configurations) {
    std::map<std::string, std::size_t, std::less<>> places;
    for (std::size_t i = 0; i < configurations.size(); ++i) places[configurations[i].name] = i;
    std::vector<Pair> pairs;
    const auto everything = places.find("all levels, all sizes");
    for (std::size_t i = 0; i < configurations.size(); ++i) {
        const std::string& name = configurations[i].name;
        constexpr std::string_view all_levels = "all levels, ";
        if (name.starts_with(all_levels)) {
            const auto last = places.find("last level, " + name.substr(all_levels.size()));
            if (last != places.end()) pairs.push_back({i, last->second});
        }
        constexpr std::string_view local_mean = "local models, mean of all sizes";
        const bool is_part = name.starts_with("level ") || name.starts_with("last level, ") ||
                             (name.starts_with("local model") && name != local_mean && places.contains(local_mean));
        if (everything != places.end() && i != everything->second && !is_part) pairs.push_back({everything->second, i});
    }
    return pairs;
}

ConfigurationFigures configuration_figures(const StudyRows& rows, std::size_t index, std::size_t clip_count,
                                           const ResampledRow& row, std::size_t first) {
    const std::size_t tag_count =
        rows.seed_rows(index, std::vector<std::uint32_t>(clip_count, 1)).front().size() - first_tag;
    ConfigurationFigures figures{row.figure(first + roc_auc),
                                 row.lifted_figure(first + average_precision),
                                 row.figure(first + accuracy),
                                 row.figure(first + balanced_accuracy),
                                 {}};
    for (std::size_t tag = 0; tag < tag_count; ++tag) figures.tags.push_back(row.figure(first + first_tag + tag));
    for (const Row& seed : rows.seed_rows(index, std::vector<std::uint32_t>(clip_count, 1))) {
        figures.roc_auc.by_seed.push_back(seed[roc_auc]);
        figures.average_precision.by_seed.push_back(seed[average_precision]);
        figures.accuracy.by_seed.push_back(seed[accuracy]);
        figures.balanced_accuracy.by_seed.push_back(seed[balanced_accuracy]);
    }
    return figures;
}

}  // namespace

StudyFigures study_figures(const StudyScores& scores, const StudyBootstrap& settings) {
    const std::vector<Pair> pairs = interesting_pairs(scores.configurations);
    std::vector<FoldedConfiguration> configurations;
    for (const StudiedConfiguration& configuration : scores.configurations) {
        configurations.push_back({configuration, scores.folds});
    }
    const StudyRows rows(configurations, scores.clips, scores.output, pairs);
    const ResampledRow row = resample(rows, scores.clips, settings);

    StudyFigures figures;
    const std::size_t width = first_tag + scores.labels.size();
    for (std::size_t i = 0; i < configurations.size(); ++i) {
        figures.configurations.push_back(configuration_figures(rows, i, scores.clips.size(), row, i * width));
    }
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        figures.comparisons.push_back(comparison(scores.configurations[pairs[i].a].name,
                                                 scores.configurations[pairs[i].b].name, row,
                                                 configurations.size() * width + i));
    }
    return figures;
}

namespace {

/// The clips that both studies scored, and where they stand in the other one.
std::vector<std::pair<std::size_t, std::size_t>> common_clips(const StudyScores& scores, const StudyScores& other) {
    std::map<std::string, std::size_t> places;
    for (std::size_t i = 0; i < other.clips.size(); ++i) places[other.clips[i].path] = i;
    std::vector<std::pair<std::size_t, std::size_t>> common;
    for (std::size_t i = 0; i < scores.clips.size(); ++i) {
        const auto found = places.find(scores.clips[i].path);
        if (found != places.end()) common.emplace_back(i, found->second);
    }
    return common;
}

StudiedConfiguration rows_of(const StudiedConfiguration& configuration, const std::vector<std::size_t>& clips) {
    StudiedConfiguration part{configuration.name, configuration.feature_count, {}, configuration.valid_roc_auc};
    for (const Matrix& all : configuration.probabilities) {
        Matrix& rows = part.probabilities.emplace_back(clips.size(), all.column_count());
        for (std::size_t i = 0; i < clips.size(); ++i) std::ranges::copy(all.row(clips[i]), rows.row(i).begin());
    }
    return part;
}

std::vector<std::vector<std::size_t>> rows_of(const std::vector<std::vector<std::size_t>>& folds,
                                              const std::vector<std::size_t>& clips) {
    std::vector<std::vector<std::size_t>> part;
    for (const std::vector<std::size_t>& all : folds) {
        auto& rows = part.emplace_back();
        for (const std::size_t clip : clips) rows.push_back(all[clip]);
    }
    return part;
}

void require_comparable(const StudyScores& scores, const StudyScores& other, std::size_t common_count) {
    if (scores.labels != other.labels || scores.output != other.output) {
        throw Error(ErrorCode::usage, "the studies tell other tags; expected the same, in the same order");
    }
    if (common_count == 0) throw Error(ErrorCode::usage, "the studies have no test clip in common");
}

}  // namespace

std::vector<StudyComparison> compare_studies(const StudyScores& scores, const StudyScores& other,
                                             const StudyBootstrap& settings) {
    const auto common = common_clips(scores, other);
    require_comparable(scores, other, common.size());
    std::vector<std::size_t> ours;
    std::vector<std::size_t> theirs;
    std::vector<ScoredClip> clips;
    for (const auto& [a, b] : common) {
        ours.push_back(a);
        theirs.push_back(b);
        clips.push_back(scores.clips[a]);
    }
    const auto our_folds = rows_of(scores.folds, ours);
    const auto their_folds = rows_of(other.folds, theirs);
    std::vector<StudyComparison> comparisons;
    for (const StudiedConfiguration& configuration : scores.configurations) {
        const auto same = std::ranges::find(other.configurations, configuration.name, &StudiedConfiguration::name);
        if (same == other.configurations.end()) continue;
        const StudiedConfiguration a = rows_of(configuration, ours);
        const StudiedConfiguration b = rows_of(*same, theirs);
        const StudyRows rows({{a, our_folds}, {b, their_folds}}, clips, scores.output, {{0, 1}});
        const ResampledRow row = resample(rows, clips, settings);
        comparisons.push_back(comparison(a.name, b.name, row, row.row.size() - 1));
    }
    return comparisons;
}

}  // namespace earmark
