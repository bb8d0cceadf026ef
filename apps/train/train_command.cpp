#include "apps/train/train_command.h"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <iostream>

#include "apps/common/program.h"
#include "apps/common/terminal.h"
#include "apps/train/console_listener.h"
#include "apps/train/study_options.h"
#include "training/report/shown_study.h"
#include "training/run/model_card.h"
#include "training/run/train.h"
#include "training/study/study.h"

namespace earmark {
namespace {

constexpr int some_items_failed = 1;

int report_stop(ConsoleListener& listener) {
    listener.message("stopped; run the same command again to resume from the last epoch");
    return some_items_failed;
}

int report_problems(const std::vector<ClipProblem>& problems) {
    if (problems.empty()) return 0;
    print_message(counted(problems.size(), "clip") + " could not be used");
    return some_items_failed;
}

int run_once(const TrainingOptions& options, const TrainingSources& sources) {
    ConsoleListener listener;
    const TrainingOutcome outcome = train(options, sources, listener);
    if (!outcome.finished) return report_stop(listener);
    std::cout << results_table(outcome.results) << "\n" << outcome.model.string() << "\n";
    return report_problems(outcome.problems);
}

int run_several(const StudyOptions& options, const TrainingSources& sources) {
    ConsoleListener listener;
    const StudyOutcome outcome = run_study(options, sources, listener);
    if (!outcome.finished) return report_stop(listener);
    std::cout << show_study(options.training.out, std::nullopt, options.training.worker_count).table;
    return report_problems(outcome.problems);
}

int run(const StudyChoice& choice) {
    const TrainingSources sources = read_sources(choice.training);
    const StudyOptions options = study_options(choice, sources);
    if (options.seeds.size() == 1 && !options.fold_count) return run_once(options.training, sources);
    return run_several(options, sources);
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
