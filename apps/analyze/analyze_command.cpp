#include "apps/analyze/analyze_command.h"

#include <iostream>

#include "apps/common/exit_status.h"
#include "apps/common/help_formatter.h"
#include "apps/common/option_checks.h"
#include "apps/common/program.h"
#include "apps/train/console_listener.h"
#include "apps/train/study_options.h"
#include "training/report/shown_study.h"
#include "training/study/study.h"
#include "training/study/study_results.h"

namespace earmark {
namespace {

struct AnalyzeOptions {
    StudyChoice study;
    std::optional<std::filesystem::path> compare;
    std::size_t resample_count = 1000;
};

StudyOptions study_of(const AnalyzeOptions& options, const TrainingSources& sources) {
    StudyOptions study = study_options(options.study, sources);
    study.resample_count = options.resample_count;
    if (options.compare) {
        study.compared = std::filesystem::absolute(*options.compare);
        (void)read_study(*options.compare, study.seeds, study.fold_count.value_or(0));  // before hours of training
    }
    return study;
}

ExitStatus run(const AnalyzeOptions& options, int& exit_status) {
    ConsoleListener listener([&exit_status] { exit_status = exit_code(ExitStatus::item_failed); });
    const TrainingSources sources = read_sources(options.study.training);
    for (const std::string& note : sources.notes) listener.message(note);
    const StudyOptions study = study_of(options, sources);
    const StudyOutcome outcome = run_study(study, sources, listener);
    if (!outcome.finished) {
        listener.message("stopped; run the same command again to resume from the last epoch");
        return ExitStatus::item_failed;
    }
    const ShownStudy shown = show_study(study.training.out, std::nullopt, study.training.worker_count);
    const std::filesystem::path page = write_shown_study(study.training.out, shown);
    std::cout << shown.table << "\n" << page.string() << "\n";
    flush_standard_output();
    return outcome.problems.empty() ? ExitStatus::all_done : ExitStatus::item_failed;
}

}  // namespace

void add_analyze_command(CLI::App& app, const std::string& typed, int& exit_status) {
    const auto options = std::make_shared<AnalyzeOptions>();
    options->study.training.command = typed;
    options->study.training.configurations.whole_study = true;
    CLI::App* command = app.add_subcommand(
        "analyze", "Train and score every level and scale on a data set, and report what each contributes");
    add_training_options(*command, options->study.training);
    add_study_options(*command, options->study);
    command->add_option("--compare", options->compare, "Folder of another study of the same clips, seeds and folds")
        ->type_name("DIR");
    command->add_option("--bootstrap", options->resample_count, "Bootstrap resamples for the 95 % intervals")
        ->type_name("N")
        ->check(whole_number(1, 1000000))
        ->capture_default_str();
    // Read by show_command.h, which takes the place of this command; here for --help.
    command->add_option("--show", "Show the finished study in DIR again, without training; needs no other option")
        ->type_name("DIR");
    command->footer(examples({"earmark analyze paper --data DIR --out STUDY",
                              "earmark analyze paper --data DIR --folds 5 --group artist --out STUDY",
                              "earmark analyze --show STUDY"}));
    command->callback([options, &exit_status] { exit_status = exit_code(run(*options, exit_status)); });
}

}  // namespace earmark
