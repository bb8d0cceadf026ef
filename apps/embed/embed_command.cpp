#include "apps/embed/embed_command.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <optional>
#include <string_view>

#include "apps/common/duration_option.h"
#include "apps/common/exit_status.h"
#include "apps/common/format_option.h"
#include "apps/common/help_formatter.h"
#include "apps/common/inputs.h"
#include "apps/common/installation.h"
#include "apps/common/interrupt.h"
#include "apps/common/jobs_option.h"
#include "apps/common/model_option.h"
#include "apps/common/null_option.h"
#include "apps/common/option_checks.h"
#include "apps/common/plain_option.h"
#include "apps/common/precision_option.h"
#include "apps/common/program.h"
#include "apps/common/window_options.h"
#include "apps/embed/embed_report.h"
#include "apps/embed/embedding_writer.h"
#include "apps/embed/row_collector.h"
#include "apps/tag/batch_progress.h"
#include "earmark/tagger_pool.h"

namespace earmark {
namespace {

struct EmbedOptions {
    std::vector<std::string> inputs;
    std::string model;
    std::string out;
    std::string format;
    std::string each = "clip";
    EmbeddingChoice choice;
    bool has_window_option = false;
    TaggerOptions tagger;
    bool is_null_separated = false;
    double max_duration_s = day_s;
    std::size_t worker_count = 1;
};

EachRow each_row(const std::string& name) {
    return name == "segment" ? EachRow::segment : name == "window" ? EachRow::window : EachRow::clip;
}

bool is_archive_name(const std::string& out) { return out.ends_with(".npz"); }

// The name of a file that is meant to be written, and would become a folder.
bool is_other_file_name(const std::string& out) {
    const auto has_ending = [&out](std::string_view ending) { return out.ends_with(ending); };
    return std::ranges::any_of(std::array{".csv", ".json", ".jsonl", ".npy", ".txt"}, has_ending) &&
           !std::filesystem::is_directory(out);
}

// What --out leaves open.
std::string format_of(const EmbedOptions& options, EachRow each) {
    if (!options.format.empty()) return options.format;
    if (options.out.empty()) return "jsonl";
    return is_archive_name(options.out) || each != EachRow::clip ? "npz" : "npy";
}

void check_combination(const EmbedOptions& options, const std::string& format, const EmbeddingFormat& rows) {
    if (options.has_window_option && rows.each != EachRow::window)
        throw Error(ErrorCode::usage, "--window and --hop: expected --each window");
    if (is_other_file_name(options.out))
        throw Error(ErrorCode::usage, "--out " + options.out +
                                          ": expected a folder, or a file that ends with .npz; text goes to standard "
                                          "output, with --format csv or jsonl and no --out");
    const bool is_text = format == "csv" || format == "jsonl";
    if (is_text && !options.out.empty())
        throw Error(ErrorCode::usage, "--format " + format + " goes to standard output; expected no --out");
    if (!is_text && options.out.empty())
        throw Error(ErrorCode::usage,
                    "--format " + format + ": expected --out, a folder or a file that ends with .npz");
    if (is_archive_name(options.out) && format != "npz")
        throw Error(ErrorCode::usage, "--out " + options.out + ": expected --format npz, or a folder");
    if ((format == "npy" || format == "f16") && rows.each != EachRow::clip)
        throw Error(ErrorCode::usage, "--format " + format + " has no place for times; expected npz, csv or jsonl");
    if (format == "csv" && rows.columns.size() > 1)
        throw Error(
            ErrorCode::usage,
            "--each segment: the scales have rows of different lengths; for csv, expected one of them: --scales");
}

std::unique_ptr<EmbeddingWriter> make_writer(const EmbedOptions& options, const std::string& format,
                                             const EmbeddingFormat& rows) {
    if (format == "csv") return make_csv_rows_writer(std::cout, rows);
    if (format == "jsonl") return make_json_rows_writer(std::cout, rows);
    if (is_archive_name(options.out)) return make_archive_writer(options.out, rows);
    const ArrayFile kind = format == "npz"   ? ArrayFile::archive
                           : format == "f16" ? ArrayFile::float16
                                             : ArrayFile::float32;
    return make_folder_writer(options.out, kind, rows);
}

TaggerPool make_pool(const EmbedOptions& options, const std::shared_ptr<const Model>& model, RowCollector& rows,
                     BatchProgress& progress) {
    TaggerPoolOptions pool;
    if (progress.is_shown()) pool.on_progress = std::bind_front(&BatchProgress::file_progress, &progress);
    if (options.choice.each != EachRow::clip) pool.on_segment = std::bind_front(&RowCollector::add, &rows);
    pool.worker_count = options.worker_count;
    pool.tagger = options.tagger;
    pool.max_duration_s = options.max_duration_s;
    pool.most_waiting_count = 16;
    return TaggerPool(model, pool);
}

ExitStatus run(EmbedOptions& options) {
    catch_interrupts();
    const InterruptWatch interrupt;
    const std::shared_ptr<const Model> model = load_model(model_or_default(options.model));
    options.choice.each = each_row(options.each);
    EmbeddingFormat rows{options.choice.each, chosen_columns(*model, options.choice), {}};
    rows.description = embedding_description(*model, options.choice, rows.columns, options.tagger.plain);
    const std::string format = format_of(options, rows.each);
    check_combination(options, format, rows);
    RowCollector collector(model, options.choice, rows.columns);
    const std::unique_ptr<EmbeddingWriter> writer = make_writer(options, format, rows);
    Inputs inputs(options.inputs, options.is_null_separated);
    BatchProgress progress([&inputs] { return inputs.count(); });
    EmbedReport report(*writer, inputs, progress);
    if (inputs.find(interrupt.token())) {
        make_pool(options, model, collector, progress)
            .run([&](const std::stop_token& stop) { return report.next(stop); },
                 [&](const PoolResult& result) { report.take(result, collector.finish(result)); }, interrupt.token());
    }
    return report.finish();
}

void add_choice_options(CLI::App& command, EmbedOptions& options) {
    command
        .add_option("--each", options.each,
                    "What a row is of: a clip, a segment of a network, or a window of --window seconds every --hop "
                    "seconds")
        ->check(one_of({"clip", "segment", "window"}))
        ->capture_default_str();
    for (CLI::Option* option : add_window_options(command, options.choice.window))
        option->each([&options](const std::string&) { options.has_window_option = true; });
    command
        .add_option("--levels", options.choice.levels,
                    "Only these levels of the networks, from 1 on, separated by commas (default: all)")
        ->delimiter(',')
        ->type_name("N,...");
    command
        .add_option("--scales", options.choice.scales,
                    "Only the networks with segments of so many frames, separated by commas (default: all; 'earmark "
                    "model info' lists them)")
        ->delimiter(',')
        ->type_name("N,...");
}

}  // namespace

void add_embed_command(CLI::App& app, int& exit_status) {
    const auto options = std::make_shared<EmbedOptions>();
    CLI::App* command = app.add_subcommand("embed", "Compute embeddings of audio files: the input of the classifier");
    command
        ->add_option("PATH", options->inputs,
                     "Audio files, folders (searched with their subfolders), or - to read paths from standard "
                     "input, one per line")
        ->required();
    command
        ->add_option("--out", options->out,
                     "Folder that gets a file for each input, or a file NAME.npz for all together. What is there "
                     "already is not computed again (default: standard output)")
        ->type_name("PATH")
        ->check(no_audio_file());
    add_format_option(
        *command, options->format, {"npy", "f16", "npz", "csv", "jsonl"},
        "NumPy arrays of 32 bits (npy) or 16 bits (f16), archives with times (npz), or text (csv, jsonl). "
        "Default: jsonl without --out; npz for NAME.npz and with --each; else npy");
    add_choice_options(*command, *options);
    add_model_option(*command, options->model);
    add_jobs_option(*command, options->worker_count, "Files processed at once");
    add_null_option(*command, options->is_null_separated);
    add_precision_option(*command, options->tagger.precision);
    add_plain_option(*command, options->tagger.plain);
    add_max_duration_option(*command, options->max_duration_s);
    command->footer(examples({"earmark embed song.mp3 --out embeddings", "earmark embed ~/Music --out music.npz",
                              "earmark embed song.mp3 --each window --window 5 --hop 1 --format csv",
                              "earmark embed song.mp3 --levels 3 --scales 54 --format jsonl"}));
    command->callback([options, &exit_status] { exit_status = exit_code(run(*options)); });
}

}  // namespace earmark
