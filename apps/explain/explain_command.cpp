#include "apps/explain/explain_command.h"

#include <algorithm>
#include <cctype>

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
#include "apps/explain/explained_file.h"
#include "base/similar_word.h"
#include "earmark/error.h"
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
    PictureOptions picture;
    double max_duration_s = hour_s;
};

std::string format_of(const ExplainOptions& options) {
    if (options.format.empty() && options.out.empty()) return "text";
    return format_by_ending(options.format, options.out,
                            {{".txt", "text"}, {".json", "json"}, {".png", "png"}, {".svg", "svg"}});
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

ClipResult explain(const ExplainOptions& options, const std::vector<std::size_t>& wanted, ExplainedFile& file,
                   ReadOptions reading) {
    Tagger tagger(file.model, options.tagger);
    Explainer explainer(file.model, options.settings);
    tagger.visit_segments([&](const SegmentMaxima& segment) { explainer.add(segment); });
    reading.on_samples = [&file](std::span<const float> mono, int) { file.waveform.add(mono); };
    file.clip = tag_file(tagger, options.file, reading);
    file.tags = explainer.finish(file.clip, explained_tags(*file.model, file.clip, wanted));
    return file.clip;
}

std::string written(const ExplainedFile& file, const std::string& format, const PictureOptions& options) {
    if (format == "json") return explanation_json(file);
    if (format == "text") return explanation_text(file);
    return explanation_picture(file, format == "png" ? PictureFormat::png : PictureFormat::svg, options);
}

ExitStatus run(const ExplainOptions& options) {
    const std::string format = format_of(options);
    check_output(options.out, format, {"png"});
    ExplainedFile file;
    file.path = options.file;
    file.model = load_model(model_or_default(options.model));
    file.settings = options.settings;
    file.cells = explained_levels(*file.model);
    const std::vector<std::size_t> wanted = tag_indices(*file.model, options.tags);
    const auto read = [&](ReadOptions reading) { return explain(options, wanted, file, std::move(reading)); };
    if (!read_one_file(options.file, "explain", options.max_duration_s, read)) return ExitStatus::item_failed;
    write_output(options.out, written(file, format, options.picture));
    return ExitStatus::all_done;
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
        ->type_name("TAG");
    command->add_option("--out", options->out, "File to write; its ending gives the format (default: standard output)")
        ->check(no_audio_file())
        ->type_name("PATH");
    add_format_option(*command, options->format, {"text", "json", "png", "svg"},
                      "Output format (default: by the ending of --out, else text)");
    command
        ->add_option("--moment", options->settings.moment_s, "Duration of the moments that speak for and against a tag")
        ->type_name("S")
        ->check(number(0.1))
        ->capture_default_str();
    add_picture_options(*command, options->picture, 900);
    add_model_option(*command, options->model);
    add_precision_option(*command, options->tagger.precision);
    add_plain_option(*command, options->tagger.plain);
    add_max_duration_option(*command, options->max_duration_s);
    command->footer(examples({"earmark explain song.mp3", "earmark explain song.mp3 --tag Jazz --tag Calm",
                              "earmark explain song.mp3 --out song.png", "earmark explain song.mp3 --format json"}));
    command->callback([options, &exit_status] { exit_status = exit_code(run(*options)); });
}

}  // namespace earmark
