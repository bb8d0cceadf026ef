#include "apps/write_tags/write_tags_command.h"

#include <algorithm>
#include <functional>
#include <memory>

#include "apps/common/duration_option.h"
#include "apps/common/exit_status.h"
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
#include "apps/library/db_option.h"
#include "apps/write_tags/plan_inputs.h"
#include "apps/write_tags/plan_library.h"
#include "apps/write_tags/run_plan.h"
#include "base/write_file.h"
#include "catalogue/model_rows.h"
#include "catalogue/searched_model.h"
#include "earmark/tagger_pool.h"

namespace earmark {
namespace {

struct WriteTagsOptions {
    std::vector<std::string> inputs;
    PlanEnd plan{"earmark-plan.jsonl"};
    std::string apply;
    std::string undo;
    std::string journal;
    metadata::WriteOptions writing;
    std::vector<std::string> fields{"genre", "mood"};
    std::vector<std::string> excluded;
    std::string genre_map;
    std::string id3 = "keep";
    std::string profile;
    bool overwrites = false;
    bool appends = false;
    PlanRequest request;
    std::string model;
    std::string db;
    bool is_from_library = false;
    TaggerOptions tagger;
    bool is_null_separated = false;
    double max_duration_s = day_s;
    std::size_t worker_count = 1;
};

PlanRequest request_of(const WriteTagsOptions& options, const Model& model) {
    PlanRequest request = options.request;
    request.mode = options.overwrites ? WriteMode::overwrite : options.appends ? WriteMode::append : WriteMode::fill;
    request.plan.new_id3_version = options.id3 == "2.3" ? 3 : 4;
    request.plan.converts_id3 = options.id3 != "keep";
    request.choice.fields.clear();
    for (const std::string& name : options.fields) {
        const auto field = metadata::field_from_name(name);
        if (!field || name.starts_with("EARMARK"))
            throw Error(ErrorCode::usage, "--fields: expected genre, mood, grouping or comment, found '" + name + "'");
        request.choice.fields.insert(*field);
    }
    if (options.profile == "dj") {
        request.choice.fields.insert(metadata::TagField::comment);
        request.choice.has_mood_block_only = true;
        request.adds_to_comment = true;
    }
    for (const std::string& tag : options.excluded) request.choice.excluded.insert(known_tag(model, tag, "--exclude"));
    if (!options.genre_map.empty()) request.choice.mapped = read_genre_map(model, options.genre_map);
    return request;
}

ExitStatus plan_from_library(const WriteTagsOptions& options, const std::stop_token& stop) {
    catalogue::Catalogue library(named_or_default_db(options.db), {catalogue::OpenMode::read, {}});
    const catalogue::SearchedModel searched = catalogue::searched_model(library.database());
    const Model model = catalogue::kept_model(library.database(), searched.id);
    std::size_t count = 0;
    BatchProgress progress([&count] { return std::optional(count); });
    PlanReport report(model, searched.identity, request_of(options, model), progress);
    catalogue::KnownResults results(library, searched.id, paths_in_library(library, options.inputs, report));
    count = results.count();
    plan_library(results, report, stop);
    return report.finish(options.plan);
}

ExitStatus plan_from_files(const WriteTagsOptions& options, const std::stop_token& stop) {
    const std::shared_ptr<const Model> model = load_model(model_or_default(options.model));
    // Results of other settings would be taken for those of the library.
    if (!options.db.empty() && (options.tagger.plain || options.max_duration_s != day_s))
        throw Error(ErrorCode::usage, "--db: cannot be used with --plain or --max-duration");
    std::unique_ptr<KnownClips> known;
    if (!options.db.empty()) known = std::make_unique<KnownClips>(options.db, model);
    Inputs inputs(options.inputs, options.is_null_separated);
    BatchProgress progress([&inputs] { return inputs.count(); });
    PlanReport report(*model, model_identity(*model), request_of(options, *model), progress);
    PlanInputs planned(inputs, known.get(), report);
    if (inputs.find(stop)) {
        TaggerPoolOptions pool;
        if (progress.is_shown()) pool.on_progress = std::bind_front(&BatchProgress::file_progress, &progress);
        if (known) pool.on_samples = std::bind_front(&KnownClips::listen, known.get());
        pool.worker_count = options.worker_count;
        pool.tagger = options.tagger;
        pool.max_duration_s = options.max_duration_s;
        TaggerPool(model, pool)
            .run([&](const std::stop_token& ended) { return planned.next(ended); },
                 [&](const PoolResult& result) { planned.take(result); }, stop);
    }
    report.print(inputs.take_notes());
    return report.finish(options.plan);
}

ExitStatus make_plan(const WriteTagsOptions& options) {
    catch_interrupts();
    const InterruptWatch interrupt;
    check_writable(options.plan.file);
    if (!metadata::may_become_plan(options.plan.file))
        throw Error(ErrorCode::usage,
                    options.plan.file + ": is no plan, so it is not replaced; expected another name: --plan FILE");
    return options.is_from_library ? plan_from_library(options, interrupt.token())
                                   : plan_from_files(options, interrupt.token());
}

ExitStatus run(const WriteTagsOptions& options) {
    const int task_count = (options.inputs.empty() && !options.is_from_library ? 0 : 1) +
                           (options.apply.empty() ? 0 : 1) + (options.undo.empty() ? 0 : 1);
    if (task_count != 1)
        throw Error(ErrorCode::usage, "expected files or folders, --from-library, --apply PLAN, or --undo JOURNAL");
    if (!options.undo.empty()) return undo_journal(options.undo);
    if (!options.apply.empty()) return apply_plan(options.apply, options.journal, options.writing);
    return make_plan(options);
}

void add_task_options(CLI::App& command, WriteTagsOptions& options) {
    command.add_option("PATH", options.inputs,
                       "Audio files, folders (searched with their subfolders), or - to read paths from standard "
                       "input, one per line");
    command.add_option("--plan", options.plan.file, "File that gets the plan: what would be written")
        ->check(no_audio_file())
        ->type_name("FILE")
        ->capture_default_str();
    command.add_option("--apply", options.apply, "Write what this plan has, and nothing else")->type_name("PLAN");
    command.add_option("--undo", options.undo, "Restore the files of this journal, byte for byte")
        ->type_name("JOURNAL");
    command
        .add_option("--journal", options.journal,
                    "File that gets what --undo needs (default: one for each plan, in earmark/write-tags in "
                    "$XDG_STATE_HOME, else in ~/.local/state)")
        ->type_name("FILE");
    command.add_flag("--in-place", options.writing.is_in_place,
                     "Write over files that have several names (hard links), so that all of them change; otherwise "
                     "the other names keep the old file");
    command.add_flag("--keep-time", options.writing.keeps_time, "Files keep the time of their last change");
}

void add_mode_options(CLI::App& command, WriteTagsOptions& options) {
    command
        .add_option("--fields", options.fields,
                    "Fields to write, separated by commas: genre, mood, grouping (tags of other categories), comment")
        ->delimiter(',')
        ->type_name("FIELD,...")
        ->default_str("genre,mood");
    CLI::Option* overwrite = command.add_flag(
        "--overwrite", options.overwrites,
        "Replace the values that files have (default: fill only fields that are empty or have only what "
        "Earmark wrote)");
    command.add_flag("--append", options.appends, "Add to the values that files have")->excludes(overwrite);
    command.add_flag("--unsure", options.request.takes_unsure,
                     "Also files that are unlike the music that the model learned from; their tags are a guess");
}

void add_value_options(CLI::App& command, WriteTagsOptions& options) {
    ValueChoice& choice = options.request.choice;
    command
        .add_option(
            "--genres", choice.genres,
            "Genres as they are predicted without the parents of others (leaf), the most general ones (parent), or "
            "both")
        ->check(one_of({"leaf", "parent", "both"}))
        ->capture_default_str();
    command
        .add_option("--genre-map", options.genre_map,
                    "File with other names of genres: lines 'GENRE = OTHER; ANOTHER', or 'GENRE =' for none")
        ->type_name("FILE");
    command.add_option("--exclude", options.excluded, "Never write this tag; may be given several times")
        ->type_name("TAG")
        ->allow_extra_args(false);
    command.add_option("--max-genres", choice.most_genres, "Write at most N genres, the most probable ones")
        ->type_name("N")
        ->check(whole_number(0))
        ->capture_default_str();
    command.add_option("--max-moods", choice.most_moods, "Write at most N moods")
        ->type_name("N")
        ->check(whole_number(0))
        ->capture_default_str();
}

void add_format_options(CLI::App& command, WriteTagsOptions& options) {
    command
        .add_option("--id3", options.id3,
                    "Version of ID3v2 of the tags that are written; keep: a new tag gets 2.4, and one that is there "
                    "keeps its version")
        ->check(one_of({"keep", "2.3", "2.4"}))
        ->capture_default_str();
    command.add_flag("--compat", options.request.plan.has_compat_mood,
                     "ID3v2.4: write the mood to TXXX:MOOD as well, for foobar2000 and Kodi");
    command
        .add_option("--profile", options.profile,
                    "dj: add a block '[MOOD: a; b]' to the comment, which DJ programs show")
        ->check(one_of({"dj"}));
}

void add_source_options(CLI::App& command, WriteTagsOptions& options) {
    add_model_option(command, options.model);
    command
        .add_option("--db", options.db,
                    "Database of a music library: what it knows is not analyzed again, and it gets the rest")
        ->type_name("FILE");
    CLI::Option* from_library = command.add_flag(
        "--from-library", options.is_from_library,
        "Take files and tags from the library (--db, else the default one): nothing is analyzed. With PATH, only of "
        "files that are there or below");
    for (const char* const other : {"--model", "--null", "--plain", "--precision", "--max-duration"})
        from_library->excludes(other);
}

}  // namespace

void add_write_tags_command(CLI::App& app, int& exit_status) {
    const auto options = std::make_shared<WriteTagsOptions>();
    CLI::App* command =
        app.add_subcommand("write-tags", "Write predicted genres and moods into audio files: plan, look, apply, undo");
    add_task_options(*command, *options);
    add_mode_options(*command, *options);
    add_value_options(*command, *options);
    add_format_options(*command, *options);
    add_jobs_option(*command, options->worker_count, "Files processed at once");
    add_null_option(*command, options->is_null_separated);
    add_precision_option(*command, options->tagger.precision);
    add_plain_option(*command, options->tagger.plain);
    add_max_duration_option(*command, options->max_duration_s);
    add_source_options(*command, *options);
    command->footer(examples({"earmark write-tags ~/Music --plan music.plan", "earmark write-tags --apply music.plan",
                              "earmark write-tags --undo ~/.local/state/earmark/write-tags/1f0c.journal",
                              "earmark write-tags ~/Music --fields genre --append --exclude Rock"}));
    command->callback([options, command, &exit_status] {
        options->plan.is_written_when_empty = command->count("--plan") > 0;
        exit_status = exit_code(run(*options));
    });
}

}  // namespace earmark
