#include "training/run/train.h"

#include <algorithm>
#include <ctime>
#include <set>
#include <sstream>

#include "base/write_file.h"
#include "earmark/error.h"
#include "training/augmentation/clip_augmenter.h"
#include "training/classification/late_fusion.h"
#include "training/classification/local_output.h"
#include "training/fit/batches.h"
#include "training/fit/compute.h"
#include "training/local_learning/local_learning.h"
#include "training/run/assemble_model.h"
#include "training/run/configurations.h"
#include "training/run/model_card.h"
#include "training/run/predictions.h"
#include "training/run/remaining_time.h"
#include "training/run/run_folder.h"

namespace earmark {

std::string today() {
    const std::time_t now = std::time(nullptr);
    std::tm date{};
    gmtime_r(&now, &date);
    char text[16];
    std::strftime(text, sizeof(text), "%Y-%m-%d", &date);
    return text;
}

std::string data_name(const TrainingOptions& options) {
    std::string text;
    for (const auto& folder : options.data) {
        text += (text.empty() ? "" : " + ") + std::filesystem::weakly_canonical(folder).filename().string();
    }
    if (options.fold) {
        text += ", fold " + std::to_string(options.fold->index + 1) + " of " +
                std::to_string(options.fold->plan.fold_count);
    }
    return text;
}

namespace {

// The seeds of changed copies are apart from those of what is trained.
constexpr std::uint64_t copies_task = 2000;

// "allmusic: 667 clips train, 82 valid, 81 test; no artist in two splits"
std::string describe(const std::string& name, const Dataset& dataset, const TrainingClips& clips) {
    std::map<std::string, std::set<std::string>> splits_of_artist;
    for (const Clip& clip : dataset.clips) {
        if (!clip.artist.empty()) splits_of_artist[plain_artist(clip.artist)].insert(clip.split);
    }
    const auto shared_count = std::count_if(splits_of_artist.begin(), splits_of_artist.end(),
                                            [](const auto& item) { return item.second.size() > 1; });
    std::ostringstream text;
    text << name << ": " << clips.train.size() << " clips train, " << clips.valid.size() << " valid, "
         << clips.test.size() << " test";
    if (splits_of_artist.empty())
        text << "; artists unknown";
    else if (shared_count == 0)
        text << "; no artist in two splits";
    else
        text << "; " << shared_count << " artists in more than one split";
    return text.str();
}

Provenance provenance_of(const TrainingOptions& options) {
    Provenance provenance;
    provenance.command = options.command;
    provenance.date = today();
    provenance.licence = options.licence;
    return provenance;
}

// Nothing is trained whose model could not be written at the end.
void check_model(const TrainingOptions& options, const Recipe& recipe, const std::vector<std::string>& labels) {
    try {
        untrained_model(recipe, labels, provenance_of(options)).check_settings();
    } catch (const Error& error) {
        throw Error(ErrorCode::usage, std::string("a model of this recipe and these tags cannot be: ") + error.what());
    }
}

Recipe recipe_of(const TrainingOptions& options) {
    Recipe recipe = read_recipe(options.recipe);
    recipe.seed = options.seed.value_or(recipe.seed);
    return options.output ? with_output(std::move(recipe), *options.output) : recipe;
}

std::optional<Model> start_of(const TrainingOptions& options) {
    if (!options.from) return std::nullopt;
    return read_model(*options.from);
}

// "default b61bb8a2...": what a run folder knows the start of a transfer by.
std::string identity_of(const std::optional<Model>& start) {
    if (!start) return "";
    return start->name + ' ' + model_identity(*start);
}

// What a transfer takes from the model that it starts from.
Recipe with_networks_of(Recipe recipe, const std::optional<Model>& model) {
    if (!model && recipe.networks.empty()) {
        throw Error(ErrorCode::invalid_recipe,
                    "the recipe has no networks; expected some, or a model to take them from");
    }
    if (!model) return recipe;
    recipe.spectrogram = model->spectrogram;
    recipe.networks = model->architectures;
    recipe.aggregation = model->aggregation;
    return recipe;
}

// Before a folder is made for a run that could not begin.
void check_splits(const Dataset& dataset) {
    const auto count = [&](const char* split) { return std::ranges::count(dataset.clips, split, &Clip::split); };
    if (count("train") > 0 && count("valid") > 0) return;
    throw Error(ErrorCode::invalid_dataset,
                dataset.manifest.string() + ": expected clips of the splits train and valid, found " +
                    std::to_string(count("train")) + " and " + std::to_string(count("valid")));
}

Dataset dataset_of(const TrainingOptions& options) {
    std::vector<Dataset> datasets;
    for (const auto& folder : options.data) datasets.push_back(read_manifest(folder));
    Dataset dataset = join_datasets(std::move(datasets));
    if (options.fold) assign_fold(dataset, options.fold->plan, options.fold->index);
    if (options.fold && options.fold->is_test_empty) {
        for (Clip& clip : dataset.clips) clip.split = clip.split == "test" ? "train" : clip.split;
    }
    check_splits(dataset);
    return dataset;
}

// Those of the training part; the folds of a cross-validation need the same, which are then those of all clips.
std::vector<std::string> labels_in(Dataset dataset, const TrainingOptions& options) {
    if (options.fold) {
        for (Clip& clip : dataset.clips) clip.split = "train";
    }
    return labels_by_frequency(dataset, "train");
}

std::vector<std::string> labels_of(const TrainingOptions& options, const Recipe& recipe, const Dataset& dataset) {
    std::vector<std::string> labels = options.tags ? read_labels(*options.tags) : labels_in(dataset, options);
    if (labels.empty()) {
        throw Error(ErrorCode::invalid_dataset,
                    dataset.manifest.string() + ": expected a clip of the split train that has tags, found none");
    }
    check_model(options, recipe, labels);
    return labels;
}

// A line for each clip that could not be used, or nothing when the listener asked to stop.
std::optional<std::vector<std::string>> decode(Dataset& dataset, const TrainingOptions& options,
                                               const SpectrogramSettings& settings, LogMelCache& cache,
                                               TrainingListener& listener) {
    listener.phase("decoding");
    std::vector<std::string> problems = remove_missing(dataset);
    bool go_on = true;
    const auto progress = [&](std::size_t done, std::size_t all) {
        listener.progress(done, all);
        return go_on = !listener.stop_requested();
    };
    for (std::string& problem : fill_cache(dataset, settings, cache, options.worker_count, progress)) {
        problems.push_back(std::move(problem));
    }
    if (!go_on) return std::nullopt;
    for (const std::string& problem : problems) listener.warning(problem);
    return problems;
}

// One call of train(): the phases in their order, and what they hand on.
class TrainingRun {
public:
    TrainingRun(const TrainingOptions& options, TrainingListener& listener)
        : options_(options),
          start_(start_of(options)),
          recipe_(with_networks_of(recipe_of(options), start_)),
          dataset_(dataset_of(options)),
          labels_(labels_of(options, recipe_, dataset_)),
          folder_(options.out, recipe_, labels_, dataset_, identity_of(start_)),
          cache_(options.cache.value_or(folder_.cache()), recipe_.spectrogram),
          listener_(listener, folder_.log()),
          speed_(recipe_) {
        set_thread_count(options.worker_count);
    }

    TrainingOutcome run() {
        if (!prepare_clips()) return outcome_;
        if (!(start_ ? transfer_networks() : learn_networks()) || !learn_classifiers()) return outcome_;
        write_results();
        outcome_.finished = true;
        return outcome_;
    }

private:
    bool prepare_clips() {
        auto problems = decode(dataset_, options_, recipe_.spectrogram, cache_, listener_);
        if (!problems) return false;
        outcome_.problems = std::move(*problems);
        clips_ = training_clips(dataset_, cache_, labels_, recipe_.output);
        if (start_) clips_.normalisation = start_->normalisation;
        if (clips_.left_out_count > 0) {
            listener_.warning(std::to_string(clips_.left_out_count) +
                              " clips do not have exactly one of the labels, and are left out");
        }
        return true;
    }

    bool learn_networks() {
        for (std::size_t i = 0; i < recipe_.networks.size(); ++i) {
            const std::string name = "local network " + std::to_string(recipe_.networks[i].segment_frames);
            listener_.phase(name);
            const auto remaining = [&](const EpochReport& report) { return speed_.add(i, report); };
            auto weights = learn_local_network(recipe_, i, clips_, resolved(options_.precision),
                                               folder_.checkpoint(name), listener_, remaining);
            if (!weights) return false;
            weights_.networks.push_back(std::move(*weights));
        }
        outcome_.frames_per_second = speed_.frames_per_second();
        return true;
    }

    bool transfer_networks() {
        for (std::size_t i = 0; i < recipe_.networks.size(); ++i) {
            const std::string name = "output of network " + std::to_string(recipe_.networks[i].segment_frames);
            listener_.phase(name);
            NetworkWeights network = start_->networks[i];
            auto output = learn_local_output(name, recipe_, recipe_.networks[i], network, clips_, options_.worker_count,
                                             folder_.checkpoint(name), listener_);
            if (!output) return false;
            network.output = std::move(*output);
            weights_.networks.push_back(std::move(network));
        }
        return true;
    }

    NetworkFeatures features(std::size_t network, const std::vector<TrainingClip>& clips) const {
        return network_features(recipe_.networks[network], weights_.networks[network],
                                recipe_.aggregation.across_segments, clips_.normalisation, clips,
                                options_.worker_count);
    }

    // Copy 1 of every clip of the training part, then copy 2 of every clip, and so on.
    Matrix levels_of_changed_copies(std::size_t network) const {
        const std::size_t clip_count = clips_.train.size();
        const ClipAugmenter augmenter(recipe_.augmentation, clips_.normalisation);
        const auto log_mel_of = [&](std::size_t row) {
            return augmenter.apply(clips_.train[row % clip_count].frames, mix_seed(recipe_.seed, copies_task, row));
        };
        return level_statistics(recipe_.networks[network], weights_.networks[network],
                                recipe_.aggregation.across_segments, log_mel_of,
                                clip_count * static_cast<std::size_t>(recipe_.changed_copies), options_.worker_count);
    }

    NetworkFeatures features_with_copies(std::size_t network) const {
        NetworkFeatures all = features(network, clips_.train);
        if (recipe_.changed_copies > 0) all.levels = above(all.levels, levels_of_changed_copies(network));
        return all;
    }

    bool learn_classifiers() {
        listener_.phase("aggregation");
        std::vector<NetworkSplitFeatures> networks;
        for (std::size_t i = 0; i < recipe_.networks.size(); ++i) {
            networks.push_back({features_with_copies(i), features(i, clips_.valid), features(i, clips_.test)});
            listener_.progress(i + 1, recipe_.networks.size());
        }
        for (const LocalModel& model : local_models(recipe_, networks)) add_result(model.id, 0, model.probabilities);
        for (const Configuration& configuration : configurations(recipe_, networks, clips_, options_.configurations)) {
            if (!learn_classifier(configuration)) return false;
        }
        return true;
    }

    std::optional<ClassifierWeights> classifier_of(const Configuration& configuration) {
        if (!configuration.members.empty()) {
            std::vector<ClassifierWeights> members;
            for (const ConfigurationId& member : configuration.members) members.push_back(classifiers_.at(member));
            return joined_classifier(members);
        }
        const std::string name = "classifier, " + to_string(configuration.id);
        listener_.phase(name);
        return earmark::learn_classifier(name, recipe_, configuration.hidden_units, configuration.features, clips_,
                                         folder_.classifier_checkpoint(configuration.id), listener_);
    }

    bool learn_classifier(const Configuration& configuration) {
        auto weights = classifier_of(configuration);
        if (!weights) return false;
        if (recipe_.fusion == Fusion::late && configuration.members.empty()) {
            classifiers_[configuration.id] = *weights;
        }
        weights_.classifier = std::move(*weights);
        Classifier classifier(weights_.classifier);
        add_result(configuration.id, configuration.features.valid.column_count(),
                   {classifier.probabilities(configuration.features.valid),
                    classifier.probabilities(configuration.features.test)});
        return true;
    }

    Scores score_of(const Matrix& probabilities, const std::vector<TrainingClip>& clips) const {
        return score(clip_rows(probabilities), target_rows(clips), recipe_.output);
    }

    void add_result(const ConfigurationId& id, std::size_t feature_count, const SplitProbabilities& probabilities) {
        outcome_.results.push_back({id, feature_count, score_of(probabilities.valid, clips_.valid),
                                    score_of(probabilities.test, clips_.test), RunFolder::predictions_file(id)});
        Predictions predictions{labels_, {}, {}, above(probabilities.valid, probabilities.test)};
        for (const auto& [split, clips] : {std::pair{"valid", &clips_.valid}, std::pair{"test", &clips_.test}}) {
            for (const TrainingClip& clip : *clips) {
                predictions.paths.push_back(clip.path);
                predictions.splits.emplace_back(split);
            }
        }
        write_predictions(folder_.predictions(id), predictions);
    }

    void write_results() {
        listener_.phase("writing the model");
        Provenance provenance = provenance_of(options_);
        provenance.training_data = describe(data_name(options_), dataset_, clips_);
        if (start_)
            provenance.training_data += "; networks of " + start_->name + " (" + start_->provenance.training_data + ")";
        const Model model =
            export_model(recipe_, labels_, std::move(weights_), clips_, std::move(provenance), options_.worker_count);
        write_model(model, folder_.model());
        write_file(folder_.model_card(), model_card(model, options_, outcome_));
        write_file(folder_.results(), results_json({model.name, outcome_.results, outcome_.frames_per_second}));
        outcome_.model = folder_.model();
    }

    const TrainingOptions& options_;
    std::optional<Model> start_;  ///< of a transfer
    Recipe recipe_;
    Dataset dataset_;
    std::vector<std::string> labels_;
    RunFolder folder_;
    LogMelCache cache_;
    LoggingListener listener_;
    RemainingTimeEstimate speed_;
    TrainingClips clips_;
    LearnedWeights weights_;
    std::map<ConfigurationId, ClassifierWeights> classifiers_;  ///< that late fusion joins, by configuration
    TrainingOutcome outcome_;
};

}  // namespace

TrainingOutcome train(const TrainingOptions& options, TrainingListener& listener) {
    return TrainingRun(options, listener).run();
}

void check_run(const TrainingOptions& options) {
    const std::optional<Model> start = start_of(options);
    const Recipe recipe = with_networks_of(recipe_of(options), start);
    const Dataset dataset = dataset_of(options);
    const RunFolder same(options.out, recipe, labels_of(options, recipe, dataset), dataset, identity_of(start));
}

std::optional<std::vector<std::string>> fill_cache(const TrainingOptions& options, TrainingListener& listener) {
    const SpectrogramSettings settings = with_networks_of(recipe_of(options), start_of(options)).spectrogram;
    Dataset dataset = dataset_of(options);
    LogMelCache cache(options.cache.value_or(RunFolder(options.out).cache()), settings);
    return decode(dataset, options, settings, cache, listener);
}

}  // namespace earmark
