#include "apps/tag/tag_command.h"

#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <mutex>
#include <optional>

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
#include "apps/common/pool_item.h"
#include "apps/common/precision_option.h"
#include "apps/common/program.h"
#include "apps/common/terminal.h"
#include "apps/library/known_clips.h"
#include "apps/tag/batch_progress.h"
#include "apps/tag/batch_report.h"
#include "apps/tag/result_writer.h"
#include "earmark/tagger_pool.h"

namespace earmark {
namespace {

struct TagOptions {
    std::vector<std::string> inputs;
    std::string model;
    std::string db;
    std::string format = "text";
    TaggerOptions tagger;
    TagSelection selection;
    bool is_wide = false;
    bool is_null_separated = false;
    double max_duration_s = day_s;
    double time_limit_s = *ReadOptions{}.time_limit_s;
    std::size_t worker_count = 1;
};

bool is_single_file(const std::vector<std::string>& inputs) {
    std::error_code error;
    return inputs.size() == 1 && inputs.front() != "-" && !std::filesystem::is_directory(inputs.front(), error);
}

std::unique_ptr<ResultWriter> make_writer(const TagOptions& options, const Model& model) {
    if (options.format == "json") return make_json_writer(std::cout, model, !is_single_file(options.inputs));
    if (options.format == "jsonl") return make_json_lines_writer(std::cout, model);
    if (options.format == "csv" && options.is_wide) return make_wide_csv_writer(std::cout, model);
    if (options.format == "csv") return make_csv_writer(std::cout, model);
    return make_text_writer(std::cout, model, describe_terminal(STDOUT_FILENO));
}

// More tags than these nobody reads.
constexpr std::size_t most_tags_of_text = 12;

// Text shows the present tags; the formats for programs have all tags unless --top or --present limits them.
TagSelection selection_for(const TagOptions& options) {
    TagSelection selection = options.selection;
    if (options.format != "text")
        selection.all = true;
    else if (!selection.all && !selection.top)
        selection.most = most_tags_of_text;
    return selection;
}

TaggerPool make_pool(const TagOptions& options, const std::shared_ptr<const Model>& model, const Inputs& inputs,
                     BatchProgress& progress, KnownClips* known, const std::function<void()>& on_stuck) {
    TaggerPoolOptions pool;
    if (known != nullptr) pool.on_samples = std::bind_front(&KnownClips::listen, known);
    if (progress.is_shown()) pool.on_progress = std::bind_front(&BatchProgress::file_progress, &progress);
    pool.worker_count = std::min(options.worker_count, std::max<std::size_t>(1, inputs.count().value_or(SIZE_MAX)));
    pool.tagger = options.tagger;
    pool.max_duration_s = options.max_duration_s;
    pool.time_limit_s = options.time_limit_s;
    pool.on_stuck = on_stuck;
    return TaggerPool(model, pool);
}

// The inputs as the pool takes them, from its threads, one at a time; and which of them were found in folders.
class Source {
public:
    /// `known` may be null.
    Source(Inputs& inputs, KnownClips* known) : inputs_(inputs), known_(known) {}

    std::optional<PoolItem> next(const std::stop_token& stop) {
        const std::optional<Input> input = inputs_.next(stop);
        if (!input) return std::nullopt;
        PoolItem item = pool_item(*input);
        if (known_ != nullptr && !item.error) item.clip = known_->find(item.path, stop);
        const std::lock_guard lock(mutex_);
        are_found_.push_back(input->is_found);
        return item;
    }

    bool is_found(std::size_t index) {
        const std::lock_guard lock(mutex_);
        return are_found_[index];
    }

private:
    Inputs& inputs_;
    KnownClips* known_;
    std::mutex mutex_;
    std::vector<bool> are_found_;
};

// Results of other settings would be taken for those of the library.
std::unique_ptr<KnownClips> known_clips(const TagOptions& options, const std::shared_ptr<const Model>& model) {
    if (options.db.empty()) return nullptr;
    if (options.tagger.plain || options.max_duration_s != day_s)
        throw Error(ErrorCode::usage, "--db: cannot be used with --plain or --max-duration");
    return std::make_unique<KnownClips>(options.db, model);
}

ExitStatus run(const TagOptions& options) {
    if (options.is_wide && options.format != "csv") throw Error(ErrorCode::usage, "--wide: expected --format csv");
    catch_interrupts();
    const InterruptWatch interrupt;
    const std::shared_ptr<const Model> model = load_model(model_or_default(options.model));
    const std::unique_ptr<KnownClips> known = known_clips(options, model);
    Inputs inputs(options.inputs, options.is_null_separated);
    BatchProgress progress([&inputs] { return inputs.count(); });
    BatchReport report(make_writer(options, *model), *model, selection_for(options), inputs, progress);
    // A worker that waits for a disk that does not answer keeps nobody here who asked to stop.
    const auto on_stuck = [&] {
        try {
            std::_Exit(exit_code(report.finish()));
        } catch (const Error& error) {
            print_message(error.what());
            std::_Exit(exit_code(ExitStatus::nothing_started));
        }
    };
    if (inputs.find(interrupt.token())) {
        Source source(inputs, known.get());
        make_pool(options, model, inputs, progress, known.get(), on_stuck)
            .run([&](const std::stop_token& stop) { return source.next(stop); },
                 [&](const PoolResult& result) {
                     if (known) known->keep(result);
                     report.take(result, source.is_found(result.index));
                 },
                 interrupt.token());
    }
    return report.finish();
}

void add_limit_options(CLI::App& command, TagOptions& options) {
    add_max_duration_option(command, options.max_duration_s);
    command
        .add_option(
            "--time-limit", options.time_limit_s,
            "Stop reading a file when the processor time exceeds the duration of its audio by S seconds (default: "
            "60)")
        ->type_name("S")
        ->check(number(0.01));
}

}  // namespace

void add_tag_command(CLI::App& app, int& exit_status) {
    const auto options = std::make_shared<TagOptions>();
    CLI::App* command = app.add_subcommand(
        "tag", "Predict tags of audio files: genre, mood, and whatever else the model was trained on");
    command
        ->add_option("PATH", options->inputs,
                     "Audio files, folders (searched with their subfolders), or - to read paths from standard "
                     "input, one per line")
        ->required();
    add_model_option(*command, options->model);
    command
        ->add_option(
            "--db", options->db,
            "Database of a music library: files that it has are not analyzed again, and the others are added to "
            "it")
        ->type_name("FILE");
    add_format_option(*command, options->format, {"text", "json", "jsonl", "csv"});
    command
        ->add_option("--top", options->selection.top,
                     "Show the N most probable tags, even those below their thresholds")
        ->type_name("N")
        ->check(whole_number(1));
    command
        ->add_option("--threshold", options->selection.threshold,
                     "One threshold for all tags, instead of the model's own")
        ->type_name("P")
        ->check(number(0.0, 1.0));
    CLI::Option* all =
        command->add_flag("--all", options->selection.all,
                          "Show every tag. Without this option, text shows the 12 most probable of the tags that "
                          "reach their thresholds, and the other formats have every tag");
    command
        ->add_flag("--present", options->selection.present_only,
                   "Leave out tags below their thresholds, in every format")
        ->excludes(all);
    command->add_flag("--wide", options->is_wide, "CSV with one row for each file and one column for each tag");
    add_jobs_option(*command, options->worker_count, "Files processed at once");
    add_null_option(*command, options->is_null_separated);
    add_precision_option(*command, options->tagger.precision);
    add_plain_option(*command, options->tagger.plain);
    add_limit_options(*command, *options);
    command->footer(examples({"earmark tag song.mp3 ~/Music", "earmark tag --format json --top 5 song.mp3",
                              "earmark tag --format csv --wide ~/Music > music.csv",
                              "find ~/Music -name '*.flac' | earmark tag --format jsonl -"}));
    command->callback([options, &exit_status] { exit_status = exit_code(run(*options)); });
}

}  // namespace earmark
