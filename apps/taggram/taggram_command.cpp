#include "apps/taggram/taggram_command.h"

#include <unistd.h>

#include <iostream>
#include <map>

#include "apps/common/duration_option.h"
#include "apps/common/exit_status.h"
#include "apps/common/file_progress.h"
#include "apps/common/help_formatter.h"
#include "apps/common/inputs.h"
#include "apps/common/installation.h"
#include "apps/common/interrupt.h"
#include "apps/common/model_option.h"
#include "apps/common/option_checks.h"
#include "apps/common/plain_option.h"
#include "apps/common/pool_item.h"
#include "apps/common/precision_option.h"
#include "apps/common/program.h"
#include "apps/common/window_options.h"
#include "apps/taggram/taggram_file.h"
#include "base/write_file.h"
#include "earmark/file_tagger.h"

namespace earmark {
namespace {

struct TaggramCommandOptions {
    std::string file;
    std::string model;
    std::string out;
    std::string format;
    WindowSettings window;
    EventRule rule;
    TaggramSelection selection;
    TaggerOptions tagger;
    std::string theme = "light";
    PictureOptions picture;
    double max_duration_s = default_max_duration_s;
};

// What --out leaves open, by the end of its name.
const std::map<std::string, std::string>& formats_by_ending() {
    static const std::map<std::string, std::string> formats{{".csv", "csv"},   {".json", "json"}, {".npz", "npz"},
                                                            {".png", "png"},   {".svg", "svg"},   {".txt", "audacity"},
                                                            {".tsv", "dcase"}, {".vtt", "vtt"},   {".jams", "jams"}};
    return formats;
}

std::string format_of(const TaggramCommandOptions& options) {
    if (!options.format.empty()) return options.format;
    if (options.out.empty()) return "text";
    const auto found = formats_by_ending().find(std::filesystem::path(options.out).extension().string());
    if (found != formats_by_ending().end()) return found->second;
    std::string endings;
    for (const auto& [ending, format] : formats_by_ending()) endings += (endings.empty() ? "" : ", ") + ending;
    throw Error(ErrorCode::usage,
                "--out: " + options.out + ": expected --format, or a name that ends with one of " + endings);
}

bool is_picture(const std::string& format) { return format == "png" || format == "svg"; }

void check_output(const TaggramCommandOptions& options, const std::string& format) {
    if (!options.out.empty()) return check_writable(options.out);
    if ((format == "png" || format == "npz") && ::isatty(STDOUT_FILENO) != 0)
        throw Error(ErrorCode::usage, "--format " + format + ": is not for a terminal; expected --out");
}

TaggramFile read(const TaggramCommandOptions& options, const std::shared_ptr<const Model>& model, bool has_waveform,
                 const std::stop_token& stop) {
    const PoolItem item = pool_item({options.file, "", false});
    if (item.error) throw Error(*item.error);
    TaggramFile file;
    file.path = options.file;
    file.model = model;
    file.rule = options.rule;
    FileProgress progress("taggram");
    ReadOptions reading;
    reading.stop = stop;
    reading.max_duration_s = options.max_duration_s;
    reading.on_progress = [&progress](double done_s, std::optional<double> declared_s) {
        progress.show(done_s, declared_s);
    };
    if (has_waveform) reading.on_samples = [&file](std::span<const float> mono, int) { file.waveform.add(mono); };
    Tagger tagger(model, options.tagger);
    TaggramResult result =
        taggram(tagger, options.window, [&](Tagger& used) { return tag_file(used, options.file, reading); });
    file.clip = std::move(result.clip);
    file.taggram = std::move(result.taggram);
    file.tags = taggram_tags(*model, file.taggram, options.rule, options.selection);
    return file;
}

std::string written(const TaggramFile& file, const std::string& format, PictureOptions picture) {
    if (format == "csv") return taggram_csv(file);
    if (format == "json") return taggram_json(file);
    if (format == "npz") return taggram_npz(file);
    if (format == "audacity") return audacity_labels(file);
    if (format == "sonic-visualiser") return sonic_visualiser_csv(file);
    if (format == "dcase") return dcase_tsv(file);
    if (format == "vtt") return web_vtt(file);
    if (format == "jams") return jams(file);
    if (!is_picture(format)) return taggram_text(file);
    picture.format = format == "png" ? PictureFormat::png : PictureFormat::svg;
    return taggram_picture(file, picture);
}

ExitStatus run(TaggramCommandOptions& options) {
    const std::string format = format_of(options);
    check_output(options, format);
    options.picture.is_dark = options.theme == "dark";
    catch_interrupts();
    const InterruptWatch interrupt;
    const std::shared_ptr<const Model> model = load_model(model_or_default(options.model));
    TaggramFile file;
    try {
        file = read(options, model, is_picture(format), interrupt.token());
    } catch (const Error& error) {
        if (error.code() == ErrorCode::usage) throw;
        print_message(interrupted() ? "stopped: nothing was written" : error.what());
        return ExitStatus::item_failed;
    }
    if (!file.clip.warning.empty()) print_message(options.file + ": " + file.clip.warning);
    const std::string output = written(file, format, options.picture);
    if (!options.out.empty()) {
        write_file(options.out, output);
    } else {
        std::cout << output;
        flush_standard_output();
    }
    return ExitStatus::all_done;
}

void add_selection_options(CLI::App& command, TaggramCommandOptions& options) {
    CLI::Option* all =
        command.add_flag("--all", options.selection.all, "Every tag of the model, and not only those that matter");
    command
        .add_option("--top", options.selection.most, "At most the N tags that are most present, of those that matter")
        ->type_name("N")
        ->check(whole_number(1))
        ->capture_default_str()
        ->excludes(all);
    command
        .add_option("--end-share", options.rule.end_share,
                    "A tag that is present ends where its probability is below this share of its threshold")
        ->type_name("P")
        ->check(number(0.0, 1.0))
        ->capture_default_str();
}

void add_picture_options(CLI::App& command, TaggramCommandOptions& options) {
    command.add_option("--theme", options.theme, "Background of a picture")
        ->check(one_of({"light", "dark"}))
        ->capture_default_str();
    command.add_option("--width", options.picture.width_px, "Width of a picture")
        ->type_name("PX")
        ->check(whole_number(600, 8'000))
        ->capture_default_str();
    command.add_option("--title", options.picture.title, "Title of a picture (default: the name of the file)")
        ->type_name("TITLE");
}

}  // namespace

void add_taggram_command(CLI::App& app, int& exit_status) {
    const auto options = std::make_shared<TaggramCommandOptions>();
    CLI::App* command = app.add_subcommand("taggram", "Show when the tags of an audio file are present");
    command->add_option("FILE", options->file, "Audio file")->required();
    command->add_option("--out", options->out, "File to write; its ending gives the format (default: standard output)")
        ->type_name("PATH");
    command->add_option("--format", options->format, "Output format (default: by the ending of --out, else text)")
        ->check(one_of(
            {"text", "csv", "json", "npz", "png", "svg", "audacity", "sonic-visualiser", "dcase", "vtt", "jams"}));
    add_window_options(*command, options->window);
    add_selection_options(*command, *options);
    add_picture_options(*command, *options);
    add_model_option(*command, options->model);
    add_precision_option(*command, options->tagger.precision);
    add_plain_option(*command, options->tagger.plain);
    add_max_duration_option(*command, options->max_duration_s);
    command->footer(examples({"earmark taggram song.mp3", "earmark taggram song.mp3 --out song.png",
                              "earmark taggram song.mp3 --format audacity > labels.txt",
                              "earmark taggram song.mp3 --all --window 10 --hop 2 --out song.npz"}));
    command->callback([options, &exit_status] { exit_status = exit_code(run(*options)); });
}

}  // namespace earmark
