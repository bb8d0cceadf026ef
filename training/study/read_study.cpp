#include <algorithm>
#include <map>
#include <utility>

#include "datasets/manifest/copies.h"
#include "datasets/manifest/dataset.h"
#include "earmark/error.h"
#include "metrics/mean.h"
#include "training/recipe/recipe.h"
#include "training/run/results.h"
#include "training/run/run_folder.h"
#include "training/run/run_predictions.h"
#include "training/study/study.h"
#include "training/study/study_results.h"

namespace earmark {
namespace {

class StudyReader {
public:
    StudyReader(std::filesystem::path study, const std::vector<std::uint64_t>& seeds, std::size_t fold_count)
        : study_(std::move(study)) {
        scores_.seeds = seeds;
        scores_.fold_count = fold_count;
    }

    StudyScores read() {
        for (std::size_t seed = 0; seed < scores_.seeds.size(); ++seed) {
            const auto runs = run_folders(study_, scores_.seeds[seed], scores_.fold_count);
            for (std::size_t fold = 0; fold < runs.size(); ++fold) add_run(runs[fold], seed, fold);
        }
        require_scores();
        for (auto& [id, mean] : valid_roc_auc_) configuration(id).valid_roc_auc = mean.value();
        keep_scored();
        return std::move(scores_);
    }

private:
    void add_run(const std::filesystem::path& run, std::size_t seed, std::size_t fold) {
        const RunFolder folder(run);
        const RunResults results = folder.results();
        const std::vector<std::string> labels = folder.labels();
        if (scores_.clips.empty()) start(labels, folder.recipe(), with_copies(folder.dataset()));
        if (labels != scores_.labels) {
            throw Error(ErrorCode::invalid_dataset, run.string() + ": has other tags than the runs before it");
        }
        RunPredictions predictions(folder, labels);
        for (const ConfigurationResult& result : results.configurations) predictions.read(result.id);
        for (std::size_t i = 0; i < results.configurations.size(); ++i) predictions.require_same_clips(i);
        for (std::size_t i = 0; i < results.configurations.size(); ++i)
            add_predictions(predictions, i, seed, fold, results.configurations[i]);
    }

    Dataset with_copies(Dataset dataset) const {
        const std::filesystem::path copies = copies_file(study_);
        if (std::filesystem::exists(copies)) read_copies(copies, dataset);
        return dataset;
    }

    // The clips that can be scored: with cross-validation all, else those of the test split.
    void start(const std::vector<std::string>& labels, const Recipe& recipe, const Dataset& dataset) {
        scores_.labels = labels;
        scores_.output = recipe.output;
        scores_.is_transferred = recipe.networks.empty();
        for (const Clip& clip : dataset.clips) {
            if (scores_.fold_count == 0 && clip.split != "test") continue;
            places_[clip.path.string()] = scores_.clips.size();
            scores_.clips.push_back({clip.path.string(), clip.artist, targets(clip, labels), clip.copies});
        }
        is_scored_.assign(scores_.clips.size(), false);
        scores_.folds.assign(scores_.seeds.size(), std::vector<std::size_t>(scores_.clips.size()));
    }

    void add_predictions(const RunPredictions& run, std::size_t index, std::size_t seed, std::size_t fold,
                         const ConfigurationResult& result) {
        const Predictions& predictions = run.of(index);
        StudiedConfiguration& target = configuration(result.id);
        target.feature_count = result.feature_count;
        valid_roc_auc_[result.id].add(result.valid.roc_auc);
        std::vector<bool>& is_scored = scored_[{result.id, seed}];
        is_scored.resize(scores_.clips.size());
        for (std::size_t i = 0; i < predictions.paths.size(); ++i) {
            if (predictions.splits[i] != "test") continue;
            const auto place = places_.find(predictions.paths[i]);
            if (place == places_.end()) run.refuse(index, i, "is not a clip of manifest.tsv");
            is_scored[place->second] = true;
            is_scored_[place->second] = true;
            scores_.folds[seed][place->second] = fold;
            std::ranges::copy(predictions.probabilities.row(i), target.probabilities[seed].row(place->second).begin());
        }
    }

    // A clip that nobody scored could not be read, or has not exactly one of the labels. One that some scored and
    // others did not is missing.
    void require_scores() const {
        for (const StudiedConfiguration& configuration : scores_.configurations) {
            for (std::size_t seed = 0; seed < scores_.seeds.size(); ++seed) require_scores(configuration.id, seed);
        }
    }

    void require_scores(const ConfigurationId& id, std::size_t seed) const {
        const auto found = scored_.find({id, seed});
        for (std::size_t i = 0; i < is_scored_.size(); ++i) {
            if (!is_scored_[i] || (found != scored_.end() && found->second[i])) continue;
            throw Error(ErrorCode::invalid_dataset,
                        (study_ / ("seed-" + std::to_string(scores_.seeds[seed]))).string() + ": expected a line for " +
                            scores_.clips[i].path + " in " + RunFolder::predictions_file(id).string() +
                            ", as other runs have it");
        }
    }

    StudiedConfiguration& configuration(const ConfigurationId& id) {
        if (const auto place = place_of(scores_.configurations, id)) return scores_.configurations[*place];
        StudiedConfiguration& added = scores_.configurations.emplace_back();
        added.id = id;
        added.probabilities.assign(scores_.seeds.size(), Matrix(scores_.clips.size(), scores_.labels.size()));
        return added;
    }

    // Clips that no run scored (damaged ones, or without exactly one of the labels) are left out.
    void keep_scored() {
        std::vector<ScoredClip> clips;
        std::vector<std::size_t> kept;
        for (std::size_t i = 0; i < is_scored_.size(); ++i) {
            if (!is_scored_[i]) continue;
            kept.push_back(i);
            clips.push_back(std::move(scores_.clips[i]));
        }
        scores_.clips = std::move(clips);
        for (std::vector<std::size_t>& all : scores_.folds) {
            for (std::size_t i = 0; i < kept.size(); ++i) all[i] = all[kept[i]];
            all.resize(kept.size());
        }
        for (StudiedConfiguration& configuration : scores_.configurations) {
            for (Matrix& all : configuration.probabilities) {
                Matrix rows(kept.size(), all.column_count());
                for (std::size_t i = 0; i < kept.size(); ++i) std::ranges::copy(all.row(kept[i]), rows.row(i).begin());
                all = std::move(rows);
            }
        }
    }

    std::filesystem::path study_;
    StudyScores scores_;
    std::map<std::string, std::size_t> places_;
    std::vector<bool> is_scored_;                                                  ///< by anybody
    std::map<std::pair<ConfigurationId, std::size_t>, std::vector<bool>> scored_;  ///< by a configuration and seed
    std::map<ConfigurationId, MeanOfDefined> valid_roc_auc_;
};

}  // namespace

StudyScores read_study(const std::filesystem::path& study, const std::vector<std::uint64_t>& seeds,
                       std::size_t fold_count) {
    StudyScores scores = StudyReader(study, seeds, fold_count).read();
    if (scores.clips.empty()) {
        throw Error(ErrorCode::invalid_dataset, study.string() + ": expected clips of the split test, or --folds");
    }
    return scores;
}

}  // namespace earmark
