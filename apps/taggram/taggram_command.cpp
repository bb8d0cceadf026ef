#include "apps/taggram/taggram_command.h"

#include "apps/common/duration_option.h"
#include "apps/common/exit_status.h"
#include "apps/common/format_option.h"
#include "apps/common/help_formatter.h"
#include "apps/common/installation.h"
#include "apps/common/model_option.h"
#include "apps/common/one_file.h"
#include "apps/common/option_checks.h"
#include "apps/common/plain_option.h"
#include "apps/common/precision_option.h"
#include "apps/common/top_option.h"
#include "apps/common/window_options.h"
#include "apps/taggram/taggram_file.h"
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
    PictureOptions picture;
    double max_duration_s = day_s;
};

std::string format_of(const TaggramCommandOptions& options) {
    if (options.format.empty() && options.out.empty()) return "text";
    return format_by_ending(options.format, options.out,
                            {{".csv", "csv"},
                             {".json", "json"},
                             {".npz", "npz"},
                             {".png", "png"},
                             {".svg", "svg"},
                             {".txt", "audacity"},
                             {".tsv", "dcase"},
                             {".vtt", "vtt"},
                             {".jams", "jams"}});
}

bool is_picture(const std::string& format) { return format == "png" || format == "svg"; }

ClipResult read(const TaggramCommandOptions& options, TaggramFile& file, bool has_waveform, ReadOptions reading) {
    if (has_waveform) reading.on_samples = [&file](std::span<const float> mono, int) { file.waveform.add(mono); };
    Tagger tagger(file.model, options.tagger);
    TaggramResult result =
        taggram(tagger, options.window, [&](Tagger& used) { return tag_file(used, options.file, reading); });
    file.clip = std::move(result.clip);
    file.taggram = std::move(result.taggram);
    file.tags = taggram_tags(*file.model, file.taggram, options.rule, options.selection);
    return file.clip;
}

std::string written(const TaggramFile& file, const std::string& format, const PictureOptions& picture) {
    if (format == "npz") return taggram_npz(file);
    if (format == "audacity") return audacity_labels(file);
    if (format == "sonic-visualiser") return sonic_visualiser_csv(file);
    if (format == "dcase") return dcase_tsv(file);
    if (format == "vtt") return web_vtt(file);
    if (format == "jams") return jams(file);
    if (!is_picture(format)) return taggram_text(file);
    return taggram_picture(file, format == "png" ? PictureFormat::png : PictureFormat::svg, picture);
}

void write(const TaggramFile& file, const std::string& format, const TaggramCommandOptions& options) {
    if (format == "csv") return write_output(options.out, [&](const TextSink& sink) { taggram_csv(file, sink); });
    if (format == "json") return write_output(options.out, [&](const TextSink& sink) { taggram_json(file, sink); });
    write_output(options.out, written(file, format, options.picture));
}

ExitStatus run(const TaggramCommandOptions& options) {
    const std::string format = format_of(options);
    check_output(options.out, format, {"png", "npz"});
    TaggramFile file;
    file.path = options.file;
    file.model = load_model(model_or_default(options.model));
    file.rule = options.rule;
    const auto read_it = [&](ReadOptions reading) {
        return read(options, file, is_picture(format), std::move(reading));
    };
    if (!read_one_file(options.file, "taggram", options.max_duration_s, read_it)) return ExitStatus::item_failed;
    write(file, format, options);
    return ExitStatus::all_done;
}

void add_selection_options(CLI::App& command, TaggramCommandOptions& options) {
    CLI::Option* all =
        command.add_flag("--all", options.selection.all, "Every tag of the model, not only those that matter");
    add_top_option(command, options.selection.most, "At most N of the tags that matter: those that are most present")
        ->excludes(all);
    command
        .add_option("--end-share", options.rule.end_share,
                    "A tag that is present ends where its probability is below this share of its threshold")
        ->type_name("P")
        ->check(number(0.0, 1.0))
        ->capture_default_str();
}

}  // namespace

void add_taggram_command(CLI::App& app, int& exit_status) {
    const auto options = std::make_shared<TaggramCommandOptions>();
    CLI::App* command = app.add_subcommand("taggram", "Show when the tags of an audio file are present");
    command->add_option("FILE", options->file, "Audio file")->required();
    command->add_option("--out", options->out, "File to write; its ending gives the format (default: standard output)")
        ->check(no_audio_file())
        ->type_name("PATH");
    add_format_option(
        *command, options->format,
        {"text", "csv", "json", "npz", "png", "svg", "audacity", "sonic-visualiser", "dcase", "vtt", "jams"},
        "Output format (default: by the ending of --out, else text)");
    add_window_options(*command, options->window);
    add_selection_options(*command, *options);
    add_picture_options(*command, options->picture, 600);
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
