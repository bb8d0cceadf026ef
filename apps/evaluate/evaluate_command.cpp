#include "apps/evaluate/evaluate_command.h"

#include <iostream>
#include <optional>

#include "apps/common/exit_status.h"
#include "apps/common/format_option.h"
#include "apps/common/help_formatter.h"
#include "apps/common/installation.h"
#include "apps/common/interrupt.h"
#include "apps/common/jobs_option.h"
#include "apps/common/model_option.h"
#include "apps/common/option_checks.h"
#include "apps/common/plain_option.h"
#include "apps/common/precision_option.h"
#include "apps/common/program.h"
#include "apps/common/progress_line.h"
#include "apps/evaluate/results.h"
#include "earmark/error.h"
#include "evaluation/evaluated_clips.h"

namespace earmark {
namespace {

struct EvaluateOptions {
    std::string model;
    std::string other_model;
    std::string data;
    std::string split = "test";
    std::string group;
    IntervalOptions intervals;
    TaggerOptions tagger;
    std::optional<double> max_duration_s;
    std::string format = "text";
    std::size_t worker_count = 1;
};

using Models = std::vector<std::shared_ptr<const Model>>;

Models read_models(const EvaluateOptions& options) {
    Models models{load_model(model_or_default(options.model))};
    if (!options.other_model.empty()) models.push_back(load_model(model_or_default(options.other_model)));
    return models;
}

// The clips of the split. Warns of their tags that differ from the model's in spelling or category alone.
Dataset clips_to_evaluate(const Model& model, const EvaluateOptions& options) {
    Dataset dataset = read_manifest(options.data);
    keep_split(dataset, options.split);
    for (const std::string& line : tags_named_otherwise(model, dataset))
        print_message(dataset.manifest.string() + ": " + line);
    return dataset;
}

TaggedClips tag_with_progress(const Models& models, const Dataset& dataset, const EvaluateOptions& options,
                              const std::stop_token& stop) {
    ProgressLine progress_line("clips");
    TaggedClips clips = tag_clips(models, dataset, {options.tagger, options.worker_count, stop, options.max_duration_s},
                                  [&](std::size_t done, std::size_t all) { progress_line.show(done, all); });
    progress_line.clear();
    for (const std::string& problem : clips.problems) print_message(problem);
    if (clips.clips.empty()) {
        throw Error(ErrorCode::invalid_dataset,
                    dataset.manifest.string() + ": no clip of the split '" + options.split + "' can be used");
    }
    return clips;
}

EvaluationResults evaluate(const EvaluateOptions& options, const std::stop_token& stop) {
    IntervalOptions intervals = options.intervals;
    intervals.by_artist = !options.group.empty();
    intervals.thread_count = options.worker_count;
    intervals.stop = stop;
    const Models models = read_models(options);
    const Dataset dataset = clips_to_evaluate(*models[0], options);
    const TaggedClips clips = tag_with_progress(models, dataset, options, stop);
    const Resampling resampling = resampling_of(clips, dataset, intervals);
    EvaluationResults results{models[0],
                              options.data,
                              options.split,
                              measure(*models[0], clips, 0, resampling, intervals),
                              options.tagger,
                              intervals,
                              resampling.group_count(),
                              std::nullopt,
                              clips.problems,
                              options.max_duration_s};
    if (models.size() > 1) {
        results.compared = ComparedModel{model_or_default(options.other_model), models[1],
                                         compare(*models[0], *models[1], clips, resampling, intervals)};
    }
    return results;
}

// Nothing when the user interrupted it: scores of some of the clips would be taken for those of all.
std::optional<EvaluationResults> results_unless_stopped(const EvaluateOptions& options) {
    catch_interrupts();
    const InterruptWatch interrupt;
    try {
        return evaluate(options, interrupt.token());
    } catch (const Error& error) {
        if (error.code() != ErrorCode::canceled) throw;
        print_message(std::string(error.what()) + ", and no scores are printed");
        return std::nullopt;
    }
}

ExitStatus run(const EvaluateOptions& options) {
    const std::optional<EvaluationResults> found = results_unless_stopped(options);
    if (!found) return ExitStatus::item_failed;
    const EvaluationResults& results = *found;
    if (options.format == "json")
        write_json(std::cout, results);
    else
        write_text(std::cout, results);
    return results.problems.empty() ? ExitStatus::all_done : ExitStatus::item_failed;
}

void add_interval_options(CLI::App& command, EvaluateOptions& options) {
    constexpr std::size_t greatest_resample_count = 1000000;
    command
        .add_option("--bootstrap", options.intervals.resample_count,
                    "Bootstrap resamples for the 95 % intervals; 0 prints no intervals")
        ->type_name("N")
        ->check(whole_number(0, greatest_resample_count))
        ->capture_default_str();
    command.add_option("--group", options.group, "Resample artists, with all their clips, instead of clips")
        ->check(one_of({"artist"}));
    command.add_option("--seed", options.intervals.seed, "Seed of the resamples")
        ->type_name("N")
        ->check(whole_number(0))
        ->capture_default_str();
}

}  // namespace

void add_evaluate_command(CLI::App& app, int& exit_status) {
    const auto options = std::make_shared<EvaluateOptions>();
    CLI::App* command = app.add_subcommand(
        "evaluate", "Score a model on a data set: ROC-AUC, average precision, F1 and, if single-label, accuracy");
    add_model_option(*command, options->model);
    command->add_option("--data", options->data, "Data set: a folder with manifest.tsv")->type_name("DIR")->required();
    command->add_option("--split", options->split, "Split to score; all takes every clip")
        ->type_name("NAME")
        ->capture_default_str();
    command
        ->add_option("--compare", options->other_model,
                     "Another model, scored on the same clips and the tags that both models have")
        ->type_name("FILE");
    add_interval_options(*command, *options);
    add_format_option(*command, options->format, {"text", "json"});
    add_precision_option(*command, options->tagger.precision);
    add_plain_option(*command, options->tagger.plain);
    command
        ->add_option("--gain-db", options->tagger.gain_db,
                     "Amplify the clips by this many decibels, to measure what their level does; negative attenuates")
        ->type_name("DB")
        ->check(number(-120.0, 120.0))
        ->capture_default_str();
    command
        ->add_option("--max-duration", options->max_duration_s, "Use only the first S seconds of a clip (default: all)")
        ->type_name("S")
        ->check(number(0.001));
    add_jobs_option(*command, options->worker_count, "Clips processed at once");
    command->footer(
        examples({"earmark evaluate --data DIR", "earmark evaluate --data DIR --model RUN/model.earmark --format json",
                  "earmark evaluate --data DIR --model A.earmark --compare B.earmark"}));
    command->callback([options, &exit_status] { exit_status = exit_code(run(*options)); });
}

}  // namespace earmark
