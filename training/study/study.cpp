#include "training/study/study.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "base/leftover_files.h"
#include "datasets/manifest/copies.h"
#include "earmark/error.h"
#include "training/run/audio_record.h"
#include "training/run/copies_in_folds.h"
#include "training/run/damaged_results.h"
#include "training/run/machine.h"
#include "training/run/run_folder.h"
#include "training/study/study_settings.h"
#include "training/study/train_in_processes.h"

namespace earmark {
namespace {

// A run that lacks external embeddings which were added since resumes from its checkpoints, and so does one of which
// something was damaged since.
bool is_finished(const TrainingOptions& options, TrainingListener& listener) {
    const RunFolder folder(options.out);
    if (!folder.is_finished()) return false;
    if (const auto problem = find_damaged_results(folder)) {
        listener.warning(*problem);
        return false;
    }
    const auto& features = options.configurations.embedding_files;
    return std::all_of(features.begin(), features.end(),
                       [&](const EmbeddingFile& file) { return folder.has_predictions(external_id(file.name)); });
}

std::vector<ProcessTraining> trainings(const StudyOptions& options) {
    const std::size_t fold_count = options.fold_count.value_or(0);
    std::vector<ProcessTraining> list;
    for (const std::uint64_t seed : options.seeds) {
        for (const RunId& run : runs_of(seed, fold_count)) {
            TrainingOptions training = options.training;
            training.out = options.training.out / to_string(run);
            training.seed = seed;
            training.audio_record = audio_record(options.training.out);
            if (!training.cache) training.cache = options.training.out / "log-mel";
            // Every seed has its own folds: how clips are assigned to folds is random, too.
            if (run.fold) {
                training.fold = Fold{{fold_count, options.by_artist, seed}, *run.fold - 1};
                training.copies = copies_file(options.training.out);
            }
            list.push_back({std::move(training), run});
        }
    }
    return list;
}

// One call of run_study().
class Study {
public:
    Study(const StudyOptions& options, TrainingSources sources, TrainingListener& listener)
        : options_(options), sources_(std::move(sources)), listener_(listener), trainings_(trainings(options)) {
        claim_folder();
        if (options.fold_count && std::filesystem::exists(copies_file(options.training.out)))
            read_copies(copies_file(options.training.out), sources_.dataset);
        // Two trainings on a core each are done sooner than one after the other on both.
        process_count_ = std::min(options.training.worker_count, trainings_.size());
        for (ProcessTraining& training : trainings_) training.options.worker_count /= process_count_;
        std::erase_if(trainings_, [this](const ProcessTraining& training) {
            if (!is_finished(training.options, listener_)) return false;
            const RunFolder same(training.options.out, training_inputs(sources_, training.options));
            return true;
        });
    }

    StudyOutcome run() {
        StudyOutcome outcome;
        write_settings();
        if (!trainings_.empty()) {
            auto problems = decode();
            if (!problems) return outcome;
            outcome.problems = std::move(*problems);
            if (options_.fold_count && !know_copies()) return outcome;
            listener_.phase(
                {.kind = Phase::Kind::trainings, .training_count = trainings_.size(), .process_count = process_count_});
        }
        outcome.finished = train_in_processes(trainings_, process_count_, options_.program, listener_);
        return outcome;
    }

private:
    void claim_folder() {
        std::error_code error;
        std::filesystem::create_directories(options_.training.out, error);
        lock_ = lock_for_training(options_.training.out);
        remove_leftover_files(options_.training.out);
    }

    void write_settings() const {
        const TrainingOptions& training = options_.training;
        write_study_settings(training.out, {.recipe = sources_.recipe.name,
                                            .data = data_name(training),
                                            .command = training.command,
                                            .date = today(),
                                            .machine = machine(),
                                            .audio_folder = std::filesystem::absolute(training.data.front()),
                                            .seeds = options_.seeds,
                                            .fold_count = options_.fold_count.value_or(0),
                                            .by_artist = options_.by_artist,
                                            .resample_count = options_.resample_count,
                                            .compared = options_.compared});
    }

    // Once for all runs, with all workers.
    std::optional<std::vector<ClipProblem>> decode() {
        const TrainingOptions& first = trainings_.front().options;
        TrainingInputs inputs = training_inputs(sources_, first);
        try {
            LogMelCache cache(*first.cache, inputs.recipe.spectrogram, [this] { return listener_.stop_requested(); });
            auto problems = decode_clips(inputs.dataset, inputs.recipe.spectrogram, cache,
                                         options_.training.worker_count, listener_);
            if (problems) claim_audio(audio_record(options_.training.out), inputs.dataset, *problems, cache);
            return problems;
        } catch (const Error& error) {
            if (error.code() != ErrorCode::canceled) throw;
            return std::nullopt;  // stopped while another run fills the same cache
        }
    }

    // False when the listener asked to stop.
    bool know_copies() {
        const std::filesystem::path file = copies_file(options_.training.out);
        if (!std::filesystem::exists(file)) {
            if (!mark_found_copies(sources_.dataset, options_.training.worker_count, listener_)) return false;
            (void)training_inputs(sources_, trainings_.front().options);  // are there enough for the folds?
            write_copies(file, sources_.dataset);
        }
        report_copies(sources_.dataset, listener_);
        return true;
    }

    const StudyOptions& options_;
    TrainingSources sources_;
    TrainingListener& listener_;
    std::shared_ptr<const FolderLock> lock_;
    std::vector<ProcessTraining> trainings_;  ///< that are not finished
    std::size_t process_count_ = 1;
};

}  // namespace

std::vector<RunId> runs_of(std::uint64_t seed, std::size_t fold_count) {
    if (fold_count == 0) return {{seed, std::nullopt}};
    std::vector<RunId> runs;
    for (std::size_t fold = 1; fold <= fold_count; ++fold) runs.push_back({seed, fold});
    return runs;
}

std::filesystem::path audio_record(const std::filesystem::path& study) { return RunFolder(study).audio_record(); }

std::filesystem::path copies_file(const std::filesystem::path& study) { return study / "copies.tsv"; }

std::vector<std::filesystem::path> run_folders(const std::filesystem::path& study, std::uint64_t seed,
                                               std::size_t fold_count) {
    std::vector<std::filesystem::path> folders;
    for (const RunId& run : runs_of(seed, fold_count)) folders.push_back(study / to_string(run));
    return folders;
}

StudyOutcome run_study(const StudyOptions& options, const TrainingSources& sources, TrainingListener& listener) {
    return Study(options, sources, listener).run();
}

}  // namespace earmark
