#include "apps/train/train_command.h"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <iostream>

#include "apps/common/program.h"
#include "apps/common/terminal.h"
#include "apps/train/console_listener.h"
#include "apps/train/study_options.h"
#include "training/report/study_report.h"
#include "training/run/model_card.h"
#include "training/study/study.h"

namespace earmark {
namespace {

constexpr int some_items_failed = 1;

int report_stop(ConsoleListener& listener) {
    listener.message("stopped; the same command goes on from the last epoch");
    return some_items_failed;
}

int report_problems(const std::vector<std::string>& problems) {
    if (problems.empty()) return 0;
    print_message(counted(problems.size(), "clip") + " could not be used");
    return some_items_failed;
}

int run_once(const TrainingOptions& options) {
    ConsoleListener listener;
    const TrainingOutcome outcome = train(options, listener);
    if (!outcome.finished) return report_stop(listener);
    std::cout << results_table(outcome.results) << "\n" << outcome.model.string() << "\n";
    return report_problems(outcome.problems);
}

int run_several(const StudyOptions& options) {
    ConsoleListener listener;
    const StudyOutcome outcome = run_study(options, listener);
    if (!outcome.finished) return report_stop(listener);
    const StudyScores scores = read_study(options.training.out, options.seeds, options.fold_count.value_or(0));
    const StudyBootstrap bootstrap{.by_artist = options.by_artist, .thread_count = options.training.worker_count};
    std::cout << study_table(scores, study_metrics(scores, bootstrap), bootstrap, std::nullopt);
    return report_problems(outcome.problems);
}

int run(const StudyChoice& choice) {
    const StudyOptions options = study_options(choice);
    if (options.seeds.size() == 1 && !options.fold_count) return run_once(options.training);
    return run_several(options);
}

}  // namespace

void add_train_command(CLI::App& app, const std::string& typed, int& exit_status) {
    const auto choice = std::make_shared<StudyChoice>();
    choice->training.command = typed;
    CLI::App* command = app.add_subcommand("train", "Train a model on a data set (steps 1 to 3 of the method)");
    add_training_options(*command, choice->training);
    add_study_options(*command, *choice);
    command->callback([choice, &exit_status] { exit_status = run(*choice); });
}

}  // namespace earmark
