#include "training/study.h"

#include <cstdio>

#include "training/run_folder.h"

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

bool is_finished(const std::filesystem::path& run) { return std::filesystem::exists(RunFolder(run).results()); }

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
    StudyOutcome outcome;
    const std::size_t fold_count = options.fold_count.value_or(0);
    for (const std::uint64_t seed : options.seeds) {
        const auto folders = run_folders(options.training.out, seed, fold_count);
        for (std::size_t index = 0; index < folders.size(); ++index) {
            if (is_finished(folders[index])) continue;
            TrainingOptions run = options.training;
            run.out = folders[index];
            run.seed = seed;
            if (!run.cache) run.cache = options.training.out / "log-mel";
            // Every seed has its own parts: how clips fall into them is a part of chance, too.
            if (fold_count > 0) run.fold = Fold{{fold_count, options.by_artist, seed}, index};
            RunListener run_listener(listener, folders[index].lexically_relative(options.training.out).string());
            TrainingOutcome trained = train(run, run_listener);
            if (!trained.finished) return outcome;
            if (outcome.problems.empty()) outcome.problems = std::move(trained.problems);
        }
    }
    outcome.finished = true;
    return outcome;
}

}  // namespace earmark
