#include "apps/analyze/analyze_command.h"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <iostream>
#include <thread>

#include "apps/common/precision_option.h"
#include "apps/common/program.h"
#include "apps/train/console_listener.h"
#include "apps/train/study_options.h"
#include "base/write_file.h"
#include "earmark/error.h"
#include "training/report/report_page.h"
#include "training/report/study_report.h"
#include "training/study/study.h"
#include "training/study/study_comparison.h"

namespace earmark {
namespace {

constexpr int some_items_failed = 1;

struct AnalyzeOptions {
    StudyChoice study;
    std::optional<std::filesystem::path> compare;
    std::size_t resample_count = 1000;
};

/// A finished study to compare with.
struct FinishedStudy {
    std::string recipe;
    StudyScores scores;
};

std::optional<FinishedStudy> read_other(const AnalyzeOptions& options, const StudyOptions& study) {
    if (!options.compare) return std::nullopt;
    const std::size_t fold_count = study.fold_count.value_or(0);
    StudyScores scores = read_study(*options.compare, study.seeds, fold_count);
    const auto run = run_folders(*options.compare, study.seeds.front(), fold_count).front();
    return FinishedStudy{read_recipe(run / "recipe.toml").name, std::move(scores)};
}

void write_report(const AnalyzeOptions& options, const StudyOptions& study,
                  const std::optional<FinishedStudy>& compared) {
    const StudyScores scores = read_study(study.training.out, study.seeds, study.fold_count.value_or(0));
    const StudyBootstrap bootstrap{options.resample_count, study.by_artist, study.training.worker_count};
    const StudyMetrics metrics = study_metrics(scores, bootstrap);
    std::optional<OtherStudy> other;
    if (compared) other = OtherStudy{compared->recipe, compare_studies(scores, compared->scores, bootstrap)};
    const StudyDescription description{.study = study.training.out,
                                       .recipe = read_recipe(study.training.recipe).name,
                                       .data = data_name(study.training),
                                       .command = study.training.command,
                                       .date = today(),
                                       .audio_folder = study.training.data.front(),
                                       .bootstrap = bootstrap};
    const std::string json = study_json(description, scores, metrics, other);
    write_file(study.training.out / "study.json", json + "\n");
    write_file(study.training.out / "report.html", report_page(json));
    std::cout << study_table(scores, metrics, bootstrap, other) << "\n"
              << (study.training.out / "report.html").string() << "\n";
    flush_standard_output();
}

int run(const AnalyzeOptions& options) {
    const StudyOptions study = study_options(options.study);
    const auto compared = read_other(options, study);  // before hours of training
    ConsoleListener listener;
    const StudyOutcome outcome = run_study(study, listener);
    if (!outcome.finished) {
        listener.message("stopped; the same command goes on from the last epoch");
        return some_items_failed;
    }
    write_report(options, study, compared);
    return outcome.problems.empty() ? 0 : some_items_failed;
}

}  // namespace

void add_analyze_command(CLI::App& app, const std::string& typed, int& exit_status) {
    const auto options = std::make_shared<AnalyzeOptions>();
    options->study.training.command = typed;
    options->study.training.configurations.whole_study = true;
    CLI::App* command = app.add_subcommand(
        "analyze", "Train and score every level and size on a data set, and report what each brings");
    add_training_options(*command, options->study.training);
    add_study_options(*command, options->study);
    command->add_option("--compare", options->compare, "Folder of another study of the same clips, seeds and folds")
        ->type_name("DIR");
    command->add_option("--bootstrap", options->resample_count, "Resamples for the 95 % intervals")
        ->type_name("N")
        ->check(CLI::Range(1, 1000000))
        ->capture_default_str();
    command->callback([options, &exit_status] { exit_status = run(*options); });
}

}  // namespace earmark
