#include "apps/spectrogram/spectrogram_command.h"

#include <nlohmann/json.hpp>

#include "apps/common/duration_option.h"
#include "apps/common/exit_status.h"
#include "apps/common/format_option.h"
#include "apps/common/help_formatter.h"
#include "apps/common/inputs.h"
#include "apps/common/installation.h"
#include "apps/common/model_option.h"
#include "apps/common/one_file.h"
#include "apps/common/option_checks.h"
#include "apps/common/plain_option.h"
#include "apps/common/visible_text.h"
#include "apps/embed/numpy_array.h"
#include "apps/spectrogram/log_mel_picture.h"
#include "base/write_file.h"
#include "earmark/file_tagger.h"

namespace earmark {
namespace {

using Json = nlohmann::ordered_json;

struct SpectrogramOptions {
    std::string file;
    std::string out;
    std::string format;
    std::string model;
    PictureOptions picture;
    bool plain = false;
    double max_duration_s = hour_s;
};

ClipResult read(const SpectrogramOptions& options, LogMelFile& file, const ReadOptions& reading) {
    Tagger tagger(file.model, {.plain = options.plain});
    std::vector<float> values;
    tagger.visit_frames([&](std::span<const float> frame) { values.insert(values.end(), frame.begin(), frame.end()); });
    file.clip = tag_file(tagger, options.file, reading);
    const auto band_count = static_cast<std::size_t>(file.model->spectrogram.mel_band_count);
    const std::size_t frame_count = values.size() / band_count;
    file.log_mel = Matrix(frame_count, band_count, std::move(values));
    return file.clip;
}

std::string description(const LogMelFile& file) {
    const SpectrogramSettings& settings = file.model->spectrogram;
    const std::string path = file.path.string();
    Json json{{"path", path}};
    if (!is_utf8(path)) json["path_bytes"] = hexadecimal(path);
    json["model"] = {{"name", file.model->name}, {"identity", model_identity(*file.model)}};
    json["status"] = to_string(file.clip.status);
    json["duration_s"] = file.clip.duration_s;
    json["shape"] = {"frames", "mel_bands"};
    json["frames"] = file.log_mel.row_count();
    json["frames_per_s"] = settings.frames_per_second();
    json["values"] = "(log10(1 + log_scale * mel) - mean) / deviation";
    json["log_scale"] = settings.log_scale;
    json["mean"] = file.model->normalization.mean;
    json["deviation"] = file.model->normalization.deviation;
    json["sample_rate_hz"] = settings.sample_rate_hz;
    json["window_samples"] = settings.window_samples;
    json["hop_samples"] = settings.hop_samples;
    json["mel_band_centers_hz"] = mel_band_centers_hz(settings);
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

// The description first: an array without one is not understood.
void write_array(const LogMelFile& file, const std::string& out) {
    const Matrix& log_mel = file.log_mel;
    write_file(out + ".json", description(file));
    write_file(out, npy(log_mel.values(), {log_mel.row_count(), log_mel.column_count()}));
}

ExitStatus run(const SpectrogramOptions& options) {
    const std::string format = format_by_ending(options.format, options.out, {{".npy", "npy"}, {".png", "png"}});
    check_writable(options.out);
    LogMelFile file;
    file.path = options.file;
    file.model = load_model(model_or_default(options.model));
    const auto read_it = [&](const ReadOptions& reading) { return read(options, file, reading); };
    if (!read_one_file(options.file, "spectrogram", options.max_duration_s, read_it)) return ExitStatus::item_failed;
    if (format == "npy")
        write_array(file, options.out);
    else
        write_file(options.out, log_mel_picture(std::move(file), options.picture));
    return ExitStatus::all_done;
}

}  // namespace

void add_spectrogram_command(CLI::App& app, int& exit_status) {
    const auto options = std::make_shared<SpectrogramOptions>();
    CLI::App* command = app.add_subcommand(
        "spectrogram", "Write the log-mel spectrogram of an audio file as the networks of a model get it");
    command->add_option("FILE", options->file, "Audio file")->required();
    command
        ->add_option("--out", options->out,
                     "File to write: a NumPy array NAME.npy, with its description NAME.npy.json, or a picture NAME.png")
        ->type_name("PATH")
        ->check(no_audio_file())
        ->required();
    add_format_option(*command, options->format, {"npy", "png"}, "Output format (default: by the ending of --out)");
    add_picture_options(*command, options->picture, 600);
    add_model_option(*command, options->model);
    add_plain_option(*command, options->plain);
    add_max_duration_option(*command, options->max_duration_s);
    command->footer(examples(
        {"earmark spectrogram song.mp3 --out song.npy", "earmark spectrogram song.mp3 --out song.png --theme dark"}));
    command->callback([options, &exit_status] { exit_status = exit_code(run(*options)); });
}

}  // namespace earmark
