#include "apps/explain/explain_command.h"

#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <iostream>

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
#include "apps/explain/explained_file.h"
#include "base/similar_word.h"
#include "base/write_file.h"
#include "earmark/file_tagger.h"

namespace earmark {
namespace {

struct ExplainOptions {
    std::string file;
    std::vector<std::string> tags;
    std::string model;
    std::string out;
    std::string format;
    ExplainSettings settings;
    TaggerOptions tagger;
    std::string theme = "light";
    int width_px = 1'200;
    double max_duration_s = 3'600.0;
};

std::string format_of(const ExplainOptions& options) {
    if (!options.format.empty()) return options.format;
    for (const char* format : {"json", "png", "svg"})
        if (options.out.ends_with(std::string(".") + format)) return format;
    return "text";
}

void check_output(const ExplainOptions& options, const std::string& format) {
    if (!options.out.empty()) return check_writable(options.out);
    if (format == "png" && ::isatty(STDOUT_FILENO) != 0)
        throw Error(ErrorCode::usage, "--format png: is not for a terminal; expected --out");
}

bool equals_in_any_case(const std::string& first, const std::string& second) {
    return std::ranges::equal(first, second,
                              [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); });
}

// By name or label, in any case.
std::size_t tag_index(const Model& model, const std::string& wanted) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < model.tags.size(); ++i) {
        if (equals_in_any_case(wanted, model.tags[i].name) || equals_in_any_case(wanted, model.tags[i].label)) return i;
        names.push_back(model.tags[i].name);
    }
    throw Error(ErrorCode::usage, "--tag: the model has no tag '" + wanted + "'" + did_you_mean(wanted, names) +
                                      " ('earmark model tags' lists them)");
}

std::vector<std::size_t> tag_indices(const Model& model, const std::vector<std::string>& wanted) {
    std::vector<std::size_t> indices;
    for (const std::string& tag : wanted) {
        const std::size_t index = tag_index(model, tag);
        if (std::ranges::find(indices, index) == indices.end()) indices.push_back(index);
    }
    return indices;
}

bool has_tags(ClipStatus status) {
    return status != ClipStatus::silent && status != ClipStatus::too_short && status != ClipStatus::not_music;
}

// Of the wanted tags, or without any the present ones, most probable first.
std::vector<std::size_t> explained_tags(const Model& model, const ClipResult& clip,
                                        const std::vector<std::size_t>& wanted) {
    std::vector<std::size_t> tags;
    if (!has_tags(clip.status)) return tags;
    for (const RankedTag& tag : rank(model, clip.probabilities)) {
        const bool is_wanted = std::ranges::find(wanted, tag.tag_index) != wanted.end();
        if (wanted.empty() ? tag.present : is_wanted) tags.push_back(tag.tag_index);
    }
    return tags;
}

ExplainedFile read(const ExplainOptions& options, const std::shared_ptr<const Model>& model,
                   const std::vector<std::size_t>& wanted, const std::stop_token& stop) {
    const PoolItem item = pool_item({options.file, "", false});
    if (item.error) throw Error(*item.error);
    ExplainedFile file;
    file.path = options.file;
    file.model = model;
    file.settings = options.settings;
    file.cells = explained_levels(*model);
    FileProgress progress("explain");
    Tagger tagger(model, options.tagger);
    Explainer explainer(model, options.settings);
    tagger.visit_segments([&](const SegmentMaxima& segment) { explainer.add(segment); });
    ReadOptions reading;
    reading.stop = stop;
    reading.max_duration_s = options.max_duration_s;
    reading.on_progress = [&](double done_s, std::optional<double> declared_s) { progress.show(done_s, declared_s); };
    reading.on_samples = [&](std::span<const float> mono, int) { file.waveform.add(mono); };
    file.clip = tag_file(tagger, options.file, reading);
    file.tags = explainer.finish(file.clip, explained_tags(*model, file.clip, wanted));
    return file;
}

std::string written(const ExplainedFile& file, const std::string& format, const ExplainOptions& options) {
    if (format == "json") return explanation_json(file);
    if (format == "text") return explanation_text(file);
    return explanation_picture(file, format == "png" ? PictureFormat::png : PictureFormat::svg, options.theme == "dark",
                               options.width_px);
}

ExitStatus run(const ExplainOptions& options) {
    const std::string format = format_of(options);
    check_output(options, format);
    catch_interrupts();
    const InterruptWatch interrupt;
    const std::shared_ptr<const Model> model = load_model(model_or_default(options.model));
    const std::vector<std::size_t> wanted = tag_indices(*model, options.tags);
    ExplainedFile file;
    try {
        file = read(options, model, wanted, interrupt.token());
    } catch (const Error& error) {
        if (error.code() == ErrorCode::usage) throw;
        print_message(interrupted() ? "stopped: nothing was written" : error.what());
        return ExitStatus::item_failed;
    }
    if (!file.clip.warning.empty()) print_message(options.file + ": " + file.clip.warning);
    const std::string output = written(file, format, options);
    if (!options.out.empty()) {
        write_file(options.out, output);
    } else {
        std::cout << output;
        flush_standard_output();
    }
    return ExitStatus::all_done;
}

void add_picture_options(CLI::App& command, ExplainOptions& options) {
    command.add_option("--theme", options.theme, "Background of a picture")
        ->check(one_of({"light", "dark"}))
        ->capture_default_str();
    command.add_option("--width", options.width_px, "Width of a picture")
        ->type_name("PX")
        ->check(whole_number(900, 8'000))
        ->capture_default_str();
}

}  // namespace

void add_explain_command(CLI::App& app, int& exit_status) {
    const auto options = std::make_shared<ExplainOptions>();
    CLI::App* command = app.add_subcommand(
        "explain", "Show which levels, scales, seconds and filters decided for the tags of an audio file");
    command->add_option("FILE", options->file, "Audio file")->required();
    command
        ->add_option("--tag", options->tags,
                     "Explain this tag, present or not; may be given several times (default: the present tags)")
        ->type_name("TAG")
        ->allow_extra_args(false);
    command->add_option("--out", options->out, "File to write; its ending gives the format (default: standard output)")
        ->type_name("PATH");
    command->add_option("--format", options->format, "Output format (default: by the ending of --out, else text)")
        ->check(one_of({"text", "json", "png", "svg"}));
    command
        ->add_option("--moment", options->settings.moment_s, "Duration of the moments that speak for and against a tag")
        ->type_name("S")
        ->check(number(0.1))
        ->capture_default_str();
    add_picture_options(*command, *options);
    add_model_option(*command, options->model);
    add_precision_option(*command, options->tagger.precision);
    add_plain_option(*command, options->tagger.plain);
    command
        ->add_option("--max-duration", options->max_duration_s,
                     "Use only the first S seconds of the file (default: 3600, an hour)")
        ->type_name("S")
        ->check(number(0.001));
    command->footer(examples({"earmark explain song.mp3", "earmark explain song.mp3 --tag Jazz --tag Calm",
                              "earmark explain song.mp3 --out song.png", "earmark explain song.mp3 --format json"}));
    command->callback([options, &exit_status] { exit_status = exit_code(run(*options)); });
}

}  // namespace earmark
