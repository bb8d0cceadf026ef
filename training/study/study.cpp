#include "training/study/study.h"

#include <algorithm>

#include "training/run/run_folder.h"
#include "training/study/processes.h"

namespace earmark {
namespace {

// Says which run it is.
class RunListener : public TrainingListener {
public:
    RunListener(TrainingListener& next, std::string run) : next_(next), run_(std::move(run)) {}

    void phase(const std::string& name) override { next_.phase(run_ + ": " + name); }
    void warning(const std::string& message) override { next_.warning(message); }
    void progress(std::size_t done, std::size_t all) override { next_.progress(done, all); }
    void epoch(const EpochReport& report, std::optional<double> remaining_s) override {
        next_.epoch(report, remaining_s);
    }
    bool stop_requested() override { return next_.stop_requested(); }

private:
    TrainingListener& next_;
    std::string run_;
};

// Of a training beside others: it tells its phases; what else there is stands in its log.jsonl.
class PhaseListener : public TrainingListener {
public:
    PhaseListener(TrainingListener& next, const ProcessWork::Tell& tell) : next_(next), tell_(tell) {}

    void phase(const std::string& name) override { tell_(name); }
    void warning(const std::string&) override {}
    void progress(std::size_t, std::size_t) override {}
    void epoch(const EpochReport&, std::optional<double>) override {}
    bool stop_requested() override { return next_.stop_requested(); }

private:
    TrainingListener& next_;
    const ProcessWork::Tell& tell_;
};

// A run without the external embeddings that were asked for since is resumed from its checkpoints.
bool is_finished(const TrainingOptions& options) {
    const RunFolder folder(options.out);
    const auto& features = options.configurations.feature_files;
    return std::filesystem::exists(folder.results()) &&
           std::all_of(features.begin(), features.end(), [&](const FeatureFile& file) {
               return std::filesystem::exists(folder.predictions(external_id(file.name)));
           });
}

std::vector<TrainingOptions> trainings(const StudyOptions& options) {
    const std::size_t fold_count = options.fold_count.value_or(0);
    std::vector<TrainingOptions> list;
    for (const std::uint64_t seed : options.seeds) {
        const auto folders = run_folders(options.training.out, seed, fold_count);
        for (std::size_t index = 0; index < folders.size(); ++index) {
            TrainingOptions& training = list.emplace_back(options.training);
            training.out = folders[index];
            training.seed = seed;
            if (!training.cache) training.cache = options.training.out / "log-mel";
            // Every seed has its own parts: how clips fall into them is a part of chance, too.
            if (fold_count > 0) training.fold = Fold{{fold_count, options.by_artist, seed}, index};
        }
    }
    return list;
}

// One call of run_study(): what is not trained yet, one after the other or several at a time.
class Study {
public:
    Study(const StudyOptions& options, TrainingListener& listener)
        : options_(options), listener_(listener), trainings_(trainings(options)) {
        // Two trainings on a core each are done sooner than one after the other on both.
        process_count_ = std::min(options.training.worker_count, trainings_.size());
        for (TrainingOptions& training : trainings_) training.worker_count /= process_count_;
        std::erase_if(trainings_, [](const TrainingOptions& training) {
            if (!is_finished(training)) return false;
            check_run(training);
            return true;
        });
    }

    StudyOutcome run() {
        outcome_.finished = process_count_ == 1 ? one_by_one() : side_by_side();
        return outcome_;
    }

private:
    std::string name_of(const TrainingOptions& training) const {
        return training.out.lexically_relative(options_.training.out).string();
    }

    bool one_by_one() {
        for (const TrainingOptions& training : trainings_) {
            RunListener listener(listener_, name_of(training));
            TrainingOutcome trained = train(training, listener);
            if (!trained.finished) return false;
            if (outcome_.problems.empty()) outcome_.problems = std::move(trained.problems);
        }
        return true;
    }

    bool side_by_side() {
        if (trainings_.empty()) return true;
        TrainingOptions decoding = trainings_.front();
        decoding.worker_count = options_.training.worker_count;
        auto problems = fill_cache(decoding, listener_);
        if (!problems) return false;
        outcome_.problems = std::move(*problems);
        const std::size_t count = trainings_.size();
        const std::string at_a_time = std::to_string(process_count_) + " at a time";
        listener_.phase(count == 1 ? "1 training" : std::to_string(count) + " trainings, " + at_a_time);
        std::size_t done_count = 0;
        const auto work = [&](std::size_t index, const ProcessWork::Tell& tell) {
            PhaseListener listener(listener_, tell);
            return train(trainings_[index], listener).finished;
        };
        const auto told = [&](std::size_t index, const std::string& phase) {
            listener_.phase(name_of(trainings_[index]) + ": " + phase);
        };
        const auto done = [&](std::size_t index) {
            listener_.phase(name_of(trainings_[index]) + ": trained");
            listener_.progress(++done_count, count);
        };
        const auto stop_requested = [&] { return listener_.stop_requested(); };
        return run_in_processes({count, process_count_, work, told, done, stop_requested});
    }

    const StudyOptions& options_;
    TrainingListener& listener_;
    std::vector<TrainingOptions> trainings_;  ///< that are not finished
    std::size_t process_count_ = 1;
    StudyOutcome outcome_;
};

}  // namespace

std::vector<std::filesystem::path> run_folders(const std::filesystem::path& study, std::uint64_t seed,
                                               std::size_t fold_count) {
    const std::filesystem::path folder = study / ("seed-" + std::to_string(seed));
    if (fold_count == 0) return {folder};
    std::vector<std::filesystem::path> folders;
    for (std::size_t fold = 1; fold <= fold_count; ++fold) {
        folders.push_back(folder / ((fold < 10 ? "fold-0" : "fold-") + std::to_string(fold)));
    }
    return folders;
}

StudyOutcome run_study(const StudyOptions& options, TrainingListener& listener) {
    return Study(options, listener).run();
}

}  // namespace earmark
