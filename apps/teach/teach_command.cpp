#include "apps/teach/teach_command.h"

#include <stdlib.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <set>

#include "apps/common/category_option.h"
#include "apps/common/exit_status.h"
#include "apps/common/help_formatter.h"
#include "apps/common/holds_audio.h"
#include "apps/common/installation.h"
#include "apps/common/interrupt.h"
#include "apps/common/jobs_option.h"
#include "apps/common/option_checks.h"
#include "apps/common/program.h"
#include "apps/common/recipe_file.h"
#include "apps/common/terminal.h"
#include "apps/teach/given_names.h"
#include "apps/teach/library_question.h"
#include "apps/teach/teaching_report.h"
#include "apps/train/console_listener.h"
#include "apps/train/study_options.h"
#include "base/counted.h"
#include "datasets/import/import.h"
#include "earmark/audio_files.h"
#include "earmark/error.h"
#include "earmark/model.h"
#include "training/teach/teach.h"

namespace earmark {
namespace {

struct TeachOptions {
    std::string model;
    std::filesystem::path source;
    std::filesystem::path out;
    bool replaces = false;
    bool is_sure = false;  ///< that the folders are tags
    std::string category;
    std::string recipe;  // a file or a name; empty for transfer
    std::optional<OutputKind> output;
    std::size_t fold_count = 5;
    std::size_t worker_count = 1;
    DeviceChoice device = DeviceChoice::automatic;
    std::string license = "not stated";
    std::string command;
};

std::filesystem::path temporary_folder() {
    std::error_code failure;
    const std::filesystem::path folder = std::filesystem::temp_directory_path(failure);
    if (!failure) return folder;
    const char* named = std::getenv("TMPDIR");
    const std::string where = named == nullptr ? "/tmp" : "TMPDIR: " + std::string(named);
    throw Error(ErrorCode::unwritable, where + ": expected a folder for temporary files");
}

/// A temporary folder.
class WorkFolder {
public:
    WorkFolder() {
        std::string name = (temporary_folder() / "earmark-teach-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) throw Error(ErrorCode::unwritable, name + ": cannot be created");
        path_ = name;
    }
    WorkFolder(const WorkFolder&) = delete;
    WorkFolder& operator=(const WorkFolder&) = delete;
    ~WorkFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

/// Reports one line for each fold of the cross-validation and no epochs, and names clips by their own paths, not by
/// lines of the temporary manifest.
class TeachingListener : public ConsoleListener {
public:
    TeachingListener(std::filesystem::path work, const GivenNames& names, std::size_t fold_count,
                     std::function<void()> begun)
        : ConsoleListener(std::move(begun)), names_(names), work_(std::move(work)), fold_count_(fold_count) {}

    void phase(const Phase& phase) override {
        if (phase.run && phase.run->fold) {
            has_begun_folds_ = true;
            begin_once("fold " + std::to_string(*phase.run->fold) + " of " + std::to_string(fold_count_));
        } else if (has_begun_folds_) {
            begin_once("training the final model");
        } else if (phase.kind == Phase::Kind::decoding || phase.kind == Phase::Kind::copies) {
            begin_once(to_string(phase));
        }
    }

    void epoch(const EpochReport&, std::optional<double>) override {}

    void warning(const Warning& warning) override {
        if (const auto* copies = std::get_if<FoundCopies>(&warning)) return report_copies(*copies);
        const auto* problem = std::get_if<ClipProblem>(&warning);
        const std::string text = problem != nullptr && is_temporary(*problem) ? problem->message : to_string(warning);
        if (reported_.insert(text).second) message(names_.in(text));
    }

    void device(const ComputeDevice& device) override {
        if (reported_.insert(to_string(device)).second) ConsoleListener::device(device);
    }

private:
    // All of them: the file that lists them is temporary.
    void report_copies(const FoundCopies& copies) {
        for (const std::vector<std::string>& group : copies.groups) {
            std::string names;
            for (const std::string& name : group) names += (names.empty() ? "" : " = ") + name;
            message(names_.in("copies, kept in one fold: " + names));
        }
    }

    void begin_once(const std::string& what) {
        if (reported_.insert(what).second) begin(what);
    }

    bool is_temporary(const ClipProblem& problem) const {
        return std::ranges::mismatch(work_, problem.manifest).in1 == work_.end();
    }

    const GivenNames& names_;
    std::filesystem::path work_;  ///< what is below it is removed at the end
    std::size_t fold_count_;
    bool has_begun_folds_ = false;
    std::set<std::string> reported_;
};

struct Examples {
    std::filesystem::path data;      ///< folder with manifest.tsv
    std::size_t left_out_count = 0;  ///< clips that are not in it
};

/// The data set of the user, or one that is made from folders or a table.
Examples examples_of(const TeachOptions& options, const std::filesystem::path& work, GivenNames& names,
                     const std::stop_token& stop) {
    const bool has_manifest = std::filesystem::exists(options.source / "manifest.tsv");
    const bool is_folder = std::filesystem::is_directory(options.source);
    if (!options.category.empty() && (has_manifest || !is_folder)) {
        throw Error(ErrorCode::usage, "--category: " + options.source.string() +
                                          " has categories of its own; expected a folder with a folder for each tag");
    }
    if (has_manifest) return {options.source};
    Imported imported = is_folder ? import_folder(options.source, options.category, stop, holds_audio)
                                  : import_table(options.source, {});
    // Of a table the folder that it is in; its path may have no folder.
    const std::filesystem::path audio =
        is_folder ? options.source : std::filesystem::absolute(options.source).parent_path();
    find_audio(imported, audio, stop);
    if (is_folder && !options.is_sure) require_examples(imported.clips, options.source);
    for (const LeftOut& clip : imported.left_out) print_message(clip.path.string() + ": left out: " + clip.text());
    // The model's provenance names the data by its folder.
    const std::filesystem::path source = std::filesystem::weakly_canonical(options.source);
    const std::filesystem::path data = work / "data" / (is_folder ? source.filename() : source.stem());
    names.add((data / "manifest.tsv").string(), options.source.string());
    names.add(data.string(), options.source.string());
    const std::filesystem::path given = is_folder ? options.source : options.source.parent_path();
    names.add((std::filesystem::weakly_canonical(audio) / "").string(), (given / "").string());
    write_import(imported, data, std::filesystem::absolute(audio));
    for (const std::string& note : imported.notes) print_message(note);
    return {data, imported.left_out.size()};
}

/// Nothing when the user interrupted it.
std::optional<Examples> examples_unless_stopped(const TeachOptions& options, const std::filesystem::path& work,
                                                GivenNames& names) {
    const InterruptWatch interrupt;
    try {
        const Examples examples = examples_of(options, work, names, interrupt.token());
        if (!interrupted()) return examples;
    } catch (const Error& error) {
        if (error.code() != ErrorCode::canceled) throw;
    }
    return std::nullopt;
}

ExitStatus report_stop() {
    print_message("stopped; nothing was written");
    return ExitStatus::item_failed;
}

bool each_has_one_label(const Dataset& dataset) {
    return std::ranges::all_of(dataset.clips, [](const Clip& clip) { return clip.labels.size() == 1; });
}

/// The output that the user chose, else that of the recipe the user chose, else by the data.
std::optional<OutputKind> output_of(const TeachOptions& options, const Dataset& dataset) {
    if (options.output || !options.recipe.empty()) return options.output;
    return each_has_one_label(dataset) ? OutputKind::softmax : OutputKind::sigmoid;
}

// What a person who mixes up the arguments, or has one song alone, needs to hear.
void check_arguments(const TeachOptions& options) {
    const std::string expected =
        "; expected a folder with a folder for each tag, a table with the columns path and tags, or a folder with "
        "manifest.tsv";
    if (std::filesystem::is_directory(options.model))
        throw Error(ErrorCode::usage,
                    options.model + ": is a folder; expected first a model file, or 'default', and then SOURCE");
    if (!std::filesystem::exists(options.source))
        throw Error(ErrorCode::usage, options.source.string() + ": no such file or folder" + expected);
    if (has_audio_ending(options.source) && !std::filesystem::is_directory(options.source))
        throw Error(ErrorCode::usage, options.source.string() + ": is an audio file" + expected);
}

ExitStatus run(const TeachOptions& options, const WorkFolder& work, GivenNames& names, int& exit_status) {
    if (!options.replaces && std::filesystem::exists(options.out))
        throw Error(ErrorCode::usage, options.out.string() + ": exists already; --force replaces it");
    (void)chosen_device(options.device);
    catch_interrupts();
    TeachingOptions teaching;
    teaching.training.from = model_or_default(options.model);
    const std::optional<Examples> examples = examples_unless_stopped(options, work.path(), names);
    if (!examples) return report_stop();
    teaching.training.data = {examples->data};
    teaching.training.recipe =
        options.recipe.empty() ? installed_file("recipes/transfer.toml") : recipe_file(options.recipe);
    teaching.training.out = work.path() / "work";
    teaching.training.worker_count = options.worker_count;
    teaching.training.device = options.device;
    teaching.training.command = options.command;
    teaching.training.license = options.license;
    teaching.model = options.out;
    teaching.source = options.source;
    teaching.fold_count = options.fold_count;
    const TrainingSources sources = read_sources(teaching.training);
    teaching.training.output = output_of(options, sources.dataset);
    TeachingListener listener(work.path(), names, options.fold_count,
                              [&exit_status] { exit_status = exit_code(ExitStatus::item_failed); });
    const TeachingOutcome outcome = teach(teaching, sources, listener);
    if (!outcome.finished) return report_stop();
    print_teaching(outcome, options.fold_count, options.out);
    const std::size_t unused_count = outcome.problems.size() + examples->left_out_count;
    if (unused_count > 0) print_message(counted(unused_count, "clip") + " left out, as reported above");
    return unused_count == 0 ? ExitStatus::all_done : ExitStatus::item_failed;
}

ExitStatus run(const TeachOptions& options, int& exit_status) {
    check_arguments(options);
    const WorkFolder work;
    GivenNames names;
    try {
        return run(options, work, names, exit_status);
    } catch (const Error& error) {
        throw Error(error.code(), names.in(error.what()));
    }
}

}  // namespace

void add_teach_command(CLI::App& app, const std::string& typed, int& exit_status) {
    const auto options = std::make_shared<TeachOptions>();
    options->command = typed;
    CLI::App* command =
        app.add_subcommand("teach",
                           "Train a classifier for your own tags on top of an existing model's networks, "
                           "and report cross-validated scores");
    command
        ->add_option("MODEL", options->model, "Model whose networks are used: a file, or 'default', 'free' or 'paper'")
        ->required();
    command
        ->add_option(
            "SOURCE", options->source,
            "Folder with a folder for each tag (TAG/FILE or TAG/ARTIST/FILE), a table with the columns path and "
            "tags, or a folder with manifest.tsv")
        ->required();
    command->add_option("--out", options->out, "Model file to write")
        ->check(no_audio_file())
        ->type_name("FILE")
        ->required();
    command->add_flag("--force", options->replaces, "Replace the model file if it exists");
    command->add_flag("--yes", options->is_sure,
                      "Train a tag for each folder even if the folders look like a music library");
    add_category_option(*command, options->category, "Category of the tags of folders (default: other)");
    add_task_option(*command, options->output,
                    "Several tags per clip (tags), or exactly one (one-of-many); default: one-of-many if every example "
                    "has one tag");
    command
        ->add_option("--recipe", options->recipe,
                     "Recipe: a file, or the name of an installed recipe (default: transfer)")
        ->type_name("RECIPE");
    command->add_option("--folds", options->fold_count, "Number of folds of the cross-validation")
        ->type_name("K")
        ->check(whole_number(3, 100))
        ->capture_default_str();
    add_jobs_option(*command, options->worker_count, "Threads");
    add_device_option(*command, options->device);
    add_license_option(*command, options->license);
    command->footer(
        examples({"earmark teach default ~/moods --out moods.earmark",
                  "earmark teach default songs.csv --out mine.earmark", "earmark tag --model moods.earmark ~/Music"}));
    command->callback([options, &exit_status] { exit_status = exit_code(run(*options, exit_status)); });
}

}  // namespace earmark
