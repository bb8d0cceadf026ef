#include "training/train.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <ctime>
#include <fstream>
#include <set>
#include <sstream>

#include "earmark/error.h"
#include "files/write_file.h"
#include "model/check.h"
#include "training/configurations.h"
#include "training/export_model.h"
#include "training/local_learning.h"
#include "training/model_card.h"
#include "training/remaining_time.h"
#include "training/run_folder.h"

namespace earmark {
namespace {

std::string today() {
    const std::time_t now = std::time(nullptr);
    std::tm date{};
    gmtime_r(&now, &date);
    char text[16];
    std::strftime(text, sizeof(text), "%Y-%m-%d", &date);
    return text;
}

std::string read_text(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

// "allmusic: 667 clips train, 82 valid, 81 test; no artist in two splits"
std::string describe(const Dataset& dataset, const TrainingClips& clips) {
    std::map<std::string, std::set<std::string>> splits_of_artist;
    for (const Clip& clip : dataset.clips) {
        if (!clip.artist.empty()) splits_of_artist[clip.artist].insert(clip.split);
    }
    const auto shared_count = std::count_if(splits_of_artist.begin(), splits_of_artist.end(),
                                            [](const auto& item) { return item.second.size() > 1; });
    std::ostringstream text;
    text << std::filesystem::weakly_canonical(dataset.folder).filename().string() << ": " << clips.train.size()
         << " clips train, " << clips.valid.size() << " valid, " << clips.test.size() << " test";
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
        check_settings(untrained_model(recipe, labels, provenance_of(options)));
    } catch (const Error& error) {
        throw Error(ErrorCode::usage, std::string("a model of this recipe and these tags cannot be: ") + error.what());
    }
}

std::vector<std::string> labels_of(const TrainingOptions& options, const Recipe& recipe, const Dataset& dataset) {
    std::vector<std::string> labels = options.tags ? read_labels(*options.tags) : labels_by_frequency(dataset, "train");
    if (labels.empty()) {
        throw Error(ErrorCode::invalid_dataset,
                    dataset.manifest.string() + ": expected a clip of the split train that has tags, found none");
    }
    check_model(options, recipe, labels);
    return labels;
}

// One call of train(): the phases in their order, and what they hand on.
class TrainingRun {
public:
    TrainingRun(const TrainingOptions& options, TrainingListener& listener)
        : options_(options),
          recipe_(read_recipe(options.recipe)),
          dataset_(read_manifest(options.data)),
          labels_(labels_of(options, recipe_, dataset_)),
          folder_(options.out, recipe_, labels_, read_text(dataset_.manifest)),
          cache_(options.cache.value_or(folder_.cache()), recipe_.spectrogram),
          listener_(listener, folder_.log()),
          speed_(recipe_) {
        at::set_num_threads(static_cast<int>(options.worker_count));
    }

    TrainingOutcome run() {
        if (!prepare_clips() || !learn_networks() || !learn_classifiers()) return outcome_;
        write_results();
        outcome_.finished = true;
        return outcome_;
    }

private:
    bool prepare_clips() {
        listener_.phase("decoding");
        outcome_.problems = remove_missing(dataset_);
        bool go_on = true;
        const auto progress = [&](std::size_t done, std::size_t all) {
            listener_.progress(done, all);
            return go_on = !listener_.stop_requested();
        };
        for (std::string& problem :
             fill_cache(dataset_, recipe_.spectrogram, cache_, options_.worker_count, progress)) {
            outcome_.problems.push_back(std::move(problem));
        }
        if (!go_on) return false;
        for (const std::string& problem : outcome_.problems) listener_.warning(problem);
        clips_ = training_clips(dataset_, cache_, labels_);
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

    NetworkFeatures features(std::size_t network, const std::vector<TrainingClip>& clips) const {
        return network_features(recipe_.networks[network], weights_.networks[network], clips_.normalisation, clips,
                                options_.worker_count);
    }

    bool learn_classifiers() {
        listener_.phase("aggregation");
        std::vector<NetworkSplitFeatures> networks;
        for (std::size_t i = 0; i < recipe_.networks.size(); ++i) {
            networks.push_back({features(i, clips_.train), features(i, clips_.valid), features(i, clips_.test)});
            listener_.progress(i + 1, recipe_.networks.size());
        }
        outcome_.results = local_results(recipe_, networks, clips_);
        for (const Configuration& configuration : configurations(recipe_, networks, clips_)) {
            if (!learn_classifier(configuration)) return false;
        }
        return true;
    }

    bool learn_classifier(const Configuration& configuration) {
        const std::string name = "classifier, " + configuration.name;
        listener_.phase(name);
        auto weights = earmark::learn_classifier(name, recipe_, configuration.features, clips_,
                                                 folder_.checkpoint(name), listener_);
        if (!weights) return false;
        weights_.classifier = std::move(*weights);
        Classifier classifier(weights_.classifier);
        outcome_.results.push_back({configuration.name, configuration.features.train.column_count(),
                                    score(classifier.probabilities(configuration.features.valid), clips_.valid),
                                    score(classifier.probabilities(configuration.features.test), clips_.test)});
        return true;
    }

    void write_results() {
        listener_.phase("writing the model");
        Provenance provenance = provenance_of(options_);
        provenance.training_data = describe(dataset_, clips_);
        const Model model =
            export_model(recipe_, labels_, std::move(weights_), clips_, std::move(provenance), options_.worker_count);
        write_model(model, folder_.model());
        write_file(folder_.model_card(), model_card(model, options_, outcome_));
        write_file(folder_.results(), results_json(model, outcome_));
        outcome_.model = folder_.model();
    }

    const TrainingOptions& options_;
    Recipe recipe_;
    Dataset dataset_;
    std::vector<std::string> labels_;
    RunFolder folder_;
    LogMelCache cache_;
    LoggingListener listener_;
    RemainingTimeEstimate speed_;
    TrainingClips clips_;
    LearnedWeights weights_;
    TrainingOutcome outcome_;
};

}  // namespace

TrainingOutcome train(const TrainingOptions& options, TrainingListener& listener) {
    return TrainingRun(options, listener).run();
}

}  // namespace earmark
