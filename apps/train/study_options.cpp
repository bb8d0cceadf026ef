#include "apps/train/study_options.h"

#include <map>

#include "apps/common/installation.h"
#include "apps/common/jobs_option.h"
#include "apps/common/option_checks.h"
#include "apps/common/precision_option.h"
#include "apps/common/recipe_file.h"
#include "earmark/error.h"

namespace earmark {
namespace {

EmbeddingFile existing_embedding_file(const std::string& text) {
    EmbeddingFile file = parse_embedding_file(text);
    if (!std::filesystem::is_regular_file(file.path)) {
        throw Error(ErrorCode::not_found,
                    file.path.string() + ": no such file; expected the embeddings of --features " + file.name);
    }
    return file;
}

}  // namespace

void add_training_options(CLI::App& command, TrainingOptions& options) {
    options.license = "not stated";
    command
        .add_option_function<std::string>(
            "RECIPE", [&options](const std::string& named) { options.recipe = recipe_file(named); },
            "Recipe: a file, or the name of an installed recipe such as paper")
        ->required();
    command
        .add_option("--data", options.data,
                    "Data set: a folder with manifest.tsv; repeat the option to train on several data sets together")
        ->type_name("DIR")
        ->required()
        ->allow_extra_args(false);
    command
        .add_option("--out", options.out,
                    "Output folder. If it holds an interrupted run with the same options, that run is resumed")
        ->type_name("DIR")
        ->required();
    command
        .add_option(
            "--tags", options.tags,
            "File with the tags to train, one per line, in this order (default: all tags of the training split)")
        ->type_name("FILE");
    command
        .add_option(
            "--vocabulary", options.vocabulary,
            "Table of tags with the columns tag, meaning, parent and source, which the model file keeps; without "
            "--tags, these are the tags to train")
        ->type_name("FILE");
    command
        .add_option_function<std::string>(
            "--from", [&options](const std::string& name) { options.from = model_or_default(name); },
            "Model whose networks are kept; only a classifier is trained (transfer learning)")
        ->type_name("FILE");
    command
        .add_option("--teachers", options.teachers,
                    "Folder with what the recipe's teachers predict, as recipes/default/make-labels writes it")
        ->type_name("DIR");
    add_task_option(command, options.output,
                    "Several tags per clip (tags), or exactly one (one-of-many); replaces the output of the recipe");
    command.add_option("--seed", options.seed, "Replaces the seed of the recipe")
        ->type_name("N")
        ->check(whole_number(0, 2147483647));
    command
        .add_option("--cache", options.cache,
                    "Folder of the log-mel cache, which runs can share (default: a folder inside --out)")
        ->type_name("DIR");
    add_jobs_option(command, options.worker_count, "Threads, and networks trained side by side");
    add_device_option(command, options.device);
    add_precision_option(command, options.precision);
    add_license_option(command, options.license);
}

void add_license_option(CLI::App& command, std::string& license) {
    command.add_option("--license", license, "License of the model, stored in its file")
        ->type_name("NAME")
        ->capture_default_str();
    command.add_option("--licence", license)->group("");  // the same, not in --help
}

void add_task_option(CLI::App& command, std::optional<OutputKind>& output, const std::string& help) {
    static const std::map<std::string, OutputKind> tasks{{"tags", OutputKind::sigmoid},
                                                         {"one-of-many", OutputKind::softmax}};
    command
        .add_option_function<std::string>(
            "--task", [&output](const std::string& name) { output = tasks.at(name); }, help)
        ->check(one_of({"tags", "one-of-many"}));
}

void add_device_option(CLI::App& command, DeviceChoice& device) {
    static const std::map<std::string, DeviceChoice> names{
        {"auto", DeviceChoice::automatic}, {"cpu", DeviceChoice::cpu}, {"cuda", DeviceChoice::cuda}};
    command
        .add_option_function<std::string>(
            "--device", [&device](const std::string& name) { device = names.at(name); },
            "Where networks and classifiers are trained; auto takes cuda if there is a usable GPU")
        ->check(one_of({"auto", "cpu", "cuda"}))
        ->default_str("auto");
}

void add_study_options(CLI::App& command, StudyChoice& choice) {
    command.add_option("--seeds", choice.seed_count, "Number of trainings, with consecutive seeds")
        ->type_name("N")
        ->check(whole_number(1, 1000))
        ->capture_default_str();
    command
        .add_option("--folds", choice.fold_count, "Cross-validation with K folds instead of the splits of the manifest")
        ->type_name("K")
        ->check(whole_number(3, 1000));
    command.add_option("--group", choice.group, "Keep each artist in one fold, and resample artists for the intervals")
        ->type_name("artist")
        ->check(one_of({"artist"}));
    command
        .add_option("--features", choice.embedding_files,
                    "External embeddings to compare with: a file with one clip per line, its path and its values, "
                    "separated by TABs")
        ->type_name("NAME=FILE");
}

StudyOptions study_options(const StudyChoice& choice, const TrainingSources& sources) {
    StudyOptions options{.training = choice.training,
                         .seeds = {},
                         .fold_count = choice.fold_count,
                         .by_artist = choice.group == "artist"};
    const std::uint64_t first = choice.training.seed.value_or(sources.recipe.seed);
    for (std::size_t i = 0; i < choice.seed_count; ++i) options.seeds.push_back(first + i);
    for (const std::string& text : choice.embedding_files) {
        options.training.configurations.embedding_files.push_back(existing_embedding_file(text));
    }
    (void)chosen_device(choice.training.device);
    return options;
}

}  // namespace earmark
