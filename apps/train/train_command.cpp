#include "apps/train/train_command.h"

#include <iostream>

#include "apps/common/exit_status.h"
#include "apps/common/help_formatter.h"
#include "apps/common/program.h"
#include "apps/common/terminal.h"
#include "apps/train/console_listener.h"
#include "apps/train/study_options.h"
#include "base/counted.h"
#include "training/report/shown_study.h"
#include "training/run/model_card.h"
#include "training/run/train.h"
#include "training/study/study.h"

namespace earmark {
namespace {

ExitStatus report_stop(ConsoleListener& listener) {
    listener.message("stopped; run the same command again to resume from the last epoch");
    return ExitStatus::item_failed;
}

ExitStatus report_problems(const std::vector<ClipProblem>& problems) {
    if (problems.empty()) return ExitStatus::all_done;
    print_message(counted(problems.size(), "clip") + " could not be used");
    return ExitStatus::item_failed;
}

ExitStatus run_once(const TrainingOptions& options, const TrainingSources& sources, ConsoleListener& listener) {
    const TrainingOutcome outcome = train(options, sources, listener);
    if (!outcome.finished) return report_stop(listener);
    std::cout << results_table(outcome.results) << "\n" << outcome.model.string() << "\n";
    return report_problems(outcome.problems);
}

ExitStatus run_several(const StudyOptions& options, const TrainingSources& sources, ConsoleListener& listener) {
    const StudyOutcome outcome = run_study(options, sources, listener);
    if (!outcome.finished) return report_stop(listener);
    std::cout << show_study(options.training.out, std::nullopt, options.training.worker_count).table;
    return report_problems(outcome.problems);
}

ExitStatus run(const StudyChoice& choice, int& exit_status) {
    ConsoleListener listener([&exit_status] { exit_status = exit_code(ExitStatus::item_failed); });
    const TrainingSources sources = read_sources(choice.training);
    for (const std::string& note : sources.notes) listener.message(note);
    const StudyOptions options = study_options(choice, sources);
    if (options.seeds.size() == 1 && !options.fold_count) return run_once(options.training, sources, listener);
    return run_several(options, sources, listener);
}

}  // namespace

void add_train_command(CLI::App& app, const std::string& typed, int& exit_status) {
    const auto choice = std::make_shared<StudyChoice>();
    choice->training.command = typed;
    choice->training.program = "/proc/self/exe";
    CLI::App* command = app.add_subcommand("train", "Train a model on a data set");
    add_training_options(*command, choice->training);
    add_study_options(*command, *choice);
    command->footer(examples({"earmark train paper --data DIR --out RUN",
                              "earmark train transfer --data DIR --from MODEL.earmark --out RUN",
                              "earmark train paper --data DIR --folds 5 --group artist --out STUDY"}));
    command->callback([choice, &exit_status] { exit_status = exit_code(run(*choice, exit_status)); });
}

}  // namespace earmark
