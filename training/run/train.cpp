#include "training/run/train.h"

#include "datasets/manifest/copies.h"
#include "earmark/error.h"
#include "training/classification/classification.h"
#include "training/classification/late_fusion.h"
#include "training/classification/local_output.h"
#include "training/features/columns.h"
#include "training/fit/compute.h"
#include "training/gate/gate_fit.h"
#include "training/run/assemble_model.h"
#include "training/run/audio_record.h"
#include "training/run/copies_in_folds.h"
#include "training/run/data_description.h"
#include "training/run/gate_clips.h"
#include "training/run/learn_networks.h"
#include "training/run/logging_listener.h"
#include "training/run/model_card.h"
#include "training/run/out_of_fold.h"
#include "training/run/out_of_fold_clips.h"
#include "training/run/run_folder.h"
#include "training/run/split_network_features.h"

namespace earmark {
namespace {

// One call of train(): the phases in their order, and what they hand on.
class TrainingRun {
public:
    TrainingRun(const TrainingOptions& options, const Compute& compute, TrainingInputs inputs, RunFolder folder,
                TrainingListener& listener)
        : options_(options),
          compute_(compute),
          inputs_(std::move(inputs)),
          folder_(std::move(folder)),
          cache_(options.cache.value_or(folder_.cache()), recipe_.spectrogram,
                 [&listener] { return listener.stop_requested(); }),
          listener_(listener) {
        compute_with_one_thread();
        outcome_.device = compute_.device;
    }

    TrainingOutcome run() {
        if (!prepare_clips()) return outcome_;
        if (!(inputs_.start ? transfer_networks() : learn_networks()) || !learn_classifiers()) return outcome_;
        write_results();
        outcome_.finished = true;
        return outcome_;
    }

    bool run_network(std::size_t network) {
        return prepare_clips() && learn_one_network(local_learning(), network, listener_);
    }

private:
    LocalLearning local_learning() const { return {options_, inputs_, clips_, folder_, compute_}; }

    bool prepare_clips() {
        auto problems = decode_clips(inputs_.dataset, recipe_.spectrogram, cache_, options_.worker_count, listener_);
        if (!problems) return false;
        outcome_.problems = std::move(*problems);
        claim_audio(options_.audio_record.value_or(folder_.audio_record()), inputs_.dataset, outcome_.problems, cache_);
        clips_ = training_clips(inputs_.dataset, cache_, inputs_.labels, recipe_.output);
        if (inputs_.start) clips_.normalization = inputs_.start->normalization;
        if (recipe_.gate) check_gate_clips(recipe_.gate->not_music, inputs_.dataset);
        if (clips_.left_out_count > 0) listener_.warning(LeftOutClips{clips_.left_out_count});
        listener_.device(compute_.device);
        return true;
    }

    bool learn_networks() {
        auto learned = earmark::learn_networks(local_learning(), listener_);
        if (!learned) return false;
        weights_.networks = std::move(learned->weights);
        outcome_.frames_per_second = std::move(learned->frames_per_second);
        return true;
    }

    bool transfer_networks() {
        for (std::size_t i = 0; i < recipe_.networks.size(); ++i) {
            const TaskId task{TaskId::Kind::local_output, recipe_.networks[i].segment_frames, {}};
            listener_.phase({.kind = Phase::Kind::task, .task = task});
            NetworkWeights network = inputs_.start->networks[i];
            auto output = learn_local_output(task, recipe_, recipe_.networks[i], network, clips_, compute_,
                                             options_.worker_count, folder_.checkpoint(task), listener_);
            if (!output) return false;
            network.output = std::move(*output);
            weights_.networks.push_back(std::move(network));
        }
        return true;
    }

    bool learn_classifiers() {
        listener_.phase({.kind = Phase::Kind::aggregation});
        std::vector<NetworkSplitFeatures> networks;
        for (std::size_t i = 0; i < recipe_.networks.size(); ++i) {
            networks.push_back(split_network_features(recipe_, i, weights_.networks[i], clips_, options_.worker_count));
            listener_.progress({i + 1, recipe_.networks.size()});
        }
        for (const LocalModel& model : local_models(recipe_, networks)) add_result(model.id, 0, model.probabilities);
        const std::vector<Configuration> all = configurations(recipe_, networks, clips_, options_.configurations);
        for (const Configuration& configuration : all) {
            if (!learn_classifier(configuration)) return false;
        }
        if (recipe_.gate) learn_gate(networks);
        return !needs_out_of_fold(recipe_) || predict_out_of_fold(all);
    }

    bool predict_out_of_fold(const std::vector<Configuration>& all) {
        Dataset dataset = learning_clips(inputs_.dataset);
        if (!know_copies(dataset)) return false;
        listener_.phase({.kind = Phase::Kind::calibration});
        const auto checkpoint = [&](const ConfigurationId& id, std::size_t fold) {
            return folder_.fold_checkpoint({TaskId::Kind::classifier, 0, id}, fold);
        };
        extras_.out_of_fold =
            earmark::predict_out_of_fold(recipe_, all, clips_, dataset, compute_, checkpoint, listener_);
        if (!extras_.out_of_fold) return false;
        if (recipe_.gate) extras_.out_of_fold->are_music = are_music(recipe_.gate->not_music, dataset.clips);
        return true;
    }

    // A study knows them already.
    bool know_copies(Dataset& dataset) {
        if (options_.copies) return true;
        if (std::filesystem::exists(folder_.copies()))
            read_copies(folder_.copies(), dataset);
        else if (mark_found_copies(dataset, options_.worker_count, listener_))
            write_copies(folder_.copies(), dataset);
        else
            return false;
        report_copies(dataset, listener_);
        return true;
    }

    void learn_gate(const std::vector<NetworkSplitFeatures>& networks) {
        std::vector<const Matrix*> train;
        std::vector<const Matrix*> valid;
        for (const NetworkSplitFeatures& network : networks) {
            train.push_back(&network.train.levels);
            valid.push_back(&network.valid.levels);
        }
        const GateClips chosen = gate_clips(recipe_.gate->not_music, inputs_.dataset, clips_, weights_.classifier,
                                            side_by_side(train), side_by_side(valid));
        extras_.gate = fit_gate(chosen, recipe_.gate->component_count);
        outcome_.gate = count_gate_answers(*extras_.gate, chosen);
    }

    std::optional<ClassifierWeights> classifier_of(const Configuration& configuration) {
        if (!configuration.members.empty()) {
            std::vector<ClassifierWeights> members;
            for (const ConfigurationId& member : configuration.members) members.push_back(classifiers_.at(member));
            return joined_classifier(members);
        }
        const TaskId task{TaskId::Kind::classifier, 0, configuration.id};
        listener_.phase({.kind = Phase::Kind::task, .task = task});
        return earmark::learn_classifier(task, recipe_, configuration.hidden_units, configuration.features, clips_,
                                         compute_, folder_.checkpoint(task), listener_);
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
        Predictions predictions{inputs_.labels, {}, {}, above(probabilities.valid, probabilities.test)};
        for (const auto& [split, clips] : {std::pair{"valid", &clips_.valid}, std::pair{"test", &clips_.test}}) {
            for (const TrainingClip& clip : *clips) {
                predictions.paths.push_back(clip.path);
                predictions.splits.emplace_back(split);
            }
        }
        folder_.write_predictions(id, predictions);
    }

    void write_results() {
        listener_.phase({.kind = Phase::Kind::writing});
        Provenance provenance = provenance_of(options_);
        provenance.training_data = data_description(data_name(options_), inputs_.dataset, clips_);
        if (inputs_.start) {
            provenance.training_data +=
                "; networks of " + inputs_.start->name + " (" + inputs_.start->provenance.training_data + ")";
        }
        extras_.vocabulary = inputs_.vocabulary;
        outcome_.is_decided_out_of_fold = extras_.out_of_fold.has_value();
        const Model model = export_model(recipe_, inputs_.labels, std::move(weights_), clips_, std::move(provenance),
                                         options_.worker_count, std::move(extras_));
        if (recipe_.is_calibrated) {
            const bool has_test = !clips_.test.empty();
            outcome_.calibration =
                calibration_report(model, has_test ? clips_.test : clips_.valid, options_.worker_count);
            outcome_.calibration_split = has_test ? "test" : "valid";
        }
        folder_.write_model(model);
        folder_.write_model_card(model_card(model, options_, outcome_));
        folder_.write_results({model.name, outcome_.device, outcome_.results, outcome_.frames_per_second});
        outcome_.model = folder_.model_path();
    }

    const TrainingOptions& options_;
    Compute compute_;
    TrainingInputs inputs_;
    const Recipe& recipe_ = inputs_.recipe;
    RunFolder folder_;
    LogMelCache cache_;
    TrainingListener& listener_;
    TrainingClips clips_;
    LearnedWeights weights_;
    ModelExtras extras_;
    std::map<ConfigurationId, ClassifierWeights> classifiers_;  ///< that late fusion joins, by configuration
    TrainingOutcome outcome_;
};

// Where there is no such device, this throws: before a folder is made.
Compute compute_of(const TrainingOptions& options) {
    return {chosen_device(options.device), resolved(options.precision)};
}

// What `work` gives, or an empty result where the listener asked to stop while another run fills the same cache.
template <typename Work>
auto unless_canceled(const Work& work) -> decltype(work()) {
    try {
        return work();
    } catch (const Error& error) {
        if (error.code() != ErrorCode::canceled) throw;
        return {};
    }
}

}  // namespace

TrainingOutcome train(const TrainingOptions& options, TrainingListener& listener) {
    return train(options, read_sources(options), listener);
}

TrainingOutcome train(const TrainingOptions& options, const TrainingSources& sources, TrainingListener& listener) {
    TrainingInputs inputs = training_inputs(sources, options);
    const Compute compute = compute_of(options);
    RunFolder folder(options.out, inputs);
    LoggingListener log(listener, folder.log());
    return unless_canceled(
        [&] { return TrainingRun(options, compute, std::move(inputs), std::move(folder), log).run(); });
}

bool train_network(const TrainingOptions& options, std::size_t network, TrainingListener& listener) {
    TrainingInputs inputs = training_inputs(read_sources(options), options);
    RunFolder folder = RunFolder::of_starter(options.out, inputs);
    return unless_canceled([&] {
        return TrainingRun(options, compute_of(options), std::move(inputs), std::move(folder), listener)
            .run_network(network);
    });
}

}  // namespace earmark
