#include "apps/train/train_command.h"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <iostream>
#include <thread>

#include "apps/common/precision_option.h"
#include "apps/common/program.h"
#include "apps/train/console_listener.h"
#include "training/model_card.h"
#include "training/train.h"

namespace earmark {
namespace {

constexpr int some_items_failed = 1;

int run(const TrainingOptions& options) {
    ConsoleListener listener;
    const TrainingOutcome outcome = train(options, listener);
    if (!outcome.finished) {
        print_message("stopped; the same command goes on from the last epoch");
        return some_items_failed;
    }
    std::cout << results_table(outcome.results) << "\n" << outcome.model.string() << "\n";
    if (outcome.problems.empty()) return 0;
    const std::size_t count = outcome.problems.size();
    print_message(std::to_string(count) + (count == 1 ? " clip" : " clips") + " could not be used");
    return some_items_failed;
}

}  // namespace

void add_train_command(CLI::App& app, const std::string& typed, int& exit_status) {
    const auto options = std::make_shared<TrainingOptions>();
    options->worker_count = std::max(1U, std::thread::hardware_concurrency());
    options->command = typed;
    options->licence = "not stated";
    CLI::App* command = app.add_subcommand("train", "Train a model on a data set (steps 1 to 3 of the method)");
    command->add_option("recipe", options->recipe, "Recipe, for example recipes/paper.toml")
        ->type_name("FILE")
        ->required();
    command->add_option("--data", options->data, "Folder with manifest.tsv; several are trained on together")
        ->type_name("DIR")
        ->required()
        ->allow_extra_args(false);
    command->add_option("--out", options->out, "Folder for the model and all else; an interrupted run there goes on")
        ->type_name("DIR")
        ->required();
    command
        ->add_option("--tags", options->tags,
                     "File that chooses and orders the tags, one a line; without it all of the training part")
        ->type_name("FILE");
    command
        ->add_option("--from", options->from,
                     "Model whose networks are kept; only the classifier is learned (transfer learning)")
        ->type_name("FILE")
        ->check(CLI::ExistingFile);
    command->add_option("--seed", options->seed, "In place of the recipe's")->type_name("N");
    command
        ->add_option("--cache", options->cache,
                     "Folder of the log-mel cache, which runs may share; without it one below --out")
        ->type_name("DIR");
    command->add_option("--jobs", options->worker_count, "Threads; without it one a core")
        ->type_name("N")
        ->check(CLI::Range(1, 1024));
    add_precision_option(*command, options->precision);
    command->add_option("--licence", options->licence, "Licence of the model, for its file and card")
        ->capture_default_str();
    command->callback([options, &exit_status] { exit_status = run(*options); });
}

}  // namespace earmark
