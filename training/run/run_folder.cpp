#include "training/run/run_folder.h"

#include <nlohmann/json.hpp>
#include <sstream>

#include "base/write_file.h"
#include "earmark/error.h"

namespace earmark {
namespace {

std::string lines(const std::vector<std::string>& labels) {
    std::string text;
    for (const std::string& label : labels) text += label + "\n";
    return text;
}

std::string joined(const std::vector<std::string>& labels) {
    std::string text;
    for (const std::string& label : labels) text += (text.empty() ? "" : ",") + label;
    return text;
}

// Letters and digits of any text, and '-' for all else.
std::string file_name(const std::string& text) {
    std::string name;
    for (const char character : text)
        name += std::isalnum(static_cast<unsigned char>(character)) != 0 ? character : '-';
    return name;
}

// What a run is trained on, in one text.
std::string clip_lines(const Dataset& dataset) {
    std::string text = "path\tsplit\ttags\tartist\tknown\n";
    for (const Clip& clip : dataset.clips) {
        text += clip.path.string() + '\t' + clip.split + '\t' + joined(clip.labels) + '\t' + clip.artist + '\t' +
                (clip.known ? joined(*clip.known) : "") + '\n';
    }
    return text;
}

// Writes what the run is made of at its start; later it must be the same.
void claim(const std::filesystem::path& path, const std::string& text, const std::string& what) {
    if (!std::filesystem::exists(path)) return write_file(path, text);
    std::ifstream file(path, std::ios::binary);
    const std::string found{std::istreambuf_iterator<char>(file), {}};
    if (found != text) {
        throw Error(ErrorCode::usage, path.string() + ": this folder holds a training run with another " + what +
                                          "; expected the same, or another folder for --out");
    }
}

// JSON has no NaN or infinity, and nlohmann writes null for them; absent figures are null as well.
nlohmann::ordered_json optional_json(const std::optional<double>& value) {
    return value ? nlohmann::ordered_json(*value) : nlohmann::ordered_json(nullptr);
}

}  // namespace

RunFolder::RunFolder(const std::filesystem::path& folder, const Recipe& recipe, const std::vector<std::string>& labels,
                     const Dataset& dataset, const std::string& start)
    : folder_(folder) {
    std::error_code error;
    std::filesystem::create_directories(folder_ / "checkpoints", error);
    if (error) throw Error(ErrorCode::unwritable, folder_.string() + ": cannot be made: " + error.message());
    claim(folder_ / "recipe.toml", recipe.text, "recipe");
    claim(folder_ / "tags.txt", lines(labels), "list of tags");
    claim(folder_ / "seed.txt", std::to_string(recipe.seed) + "\n", "seed");
    claim(folder_ / "manifest.tsv", clip_lines(dataset), "manifest");
    const std::filesystem::path from = folder_ / "from.txt";
    if (!start.empty() || std::filesystem::exists(from)) claim(from, start + "\n", "model to start from");
    std::filesystem::create_directories(folder_ / "predictions", error);
}

std::filesystem::path RunFolder::checkpoint(const std::string& task) const {
    return folder_ / "checkpoints" / (file_name(task) + ".pt");
}

std::filesystem::path RunFolder::classifier_checkpoint(const ConfigurationId& id) const {
    return folder_ / "checkpoints" / ("classifier-" + file_name(id) + ".pt");
}

std::filesystem::path RunFolder::predictions_file(const ConfigurationId& id) {
    return std::filesystem::path("predictions") / (file_name(id) + ".tsv");
}

LoggingListener::LoggingListener(TrainingListener& next, const std::filesystem::path& log)
    : next_(next), log_(log, std::ios::app) {
    if (!log_) throw Error(ErrorCode::unwritable, log.string() + ": cannot be written");
}

void LoggingListener::phase(const std::string& name) {
    log_ << nlohmann::ordered_json{{"event", "phase"}, {"name", name}}.dump() << std::endl;
    next_.phase(name);
}

void LoggingListener::warning(const std::string& message) {
    log_ << nlohmann::ordered_json{{"event", "warning"}, {"message", message}}.dump(
                -1, ' ', false, nlohmann::ordered_json::error_handler_t::replace)
         << std::endl;
    next_.warning(message);
}

void LoggingListener::epoch(const EpochReport& report, std::optional<double> remaining_s) {
    const nlohmann::ordered_json line{{"event", "epoch"},
                                      {"task", report.task},
                                      {"epoch", report.epoch},
                                      {"stage", report.stage},
                                      {"learning_rate", report.learning_rate},
                                      {"loss", report.loss},
                                      {"valid_loss", report.valid_loss},
                                      {"valid_roc_auc", optional_json(report.valid_roc_auc)},
                                      {"frames_per_second", report.frames_per_second},
                                      {"duration_s", report.duration_s},
                                      {"remaining_s", optional_json(remaining_s)},
                                      {"best", report.is_kept}};
    log_ << line.dump() << std::endl;
    next_.epoch(report, remaining_s);
}

}  // namespace earmark
