#include "training/run/run_folder.h"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iterator>
#include <variant>

#include "base/leftover_files.h"
#include "base/write_file.h"
#include "earmark/error.h"
#include "training/run/event_json.h"

namespace earmark {
namespace {

std::string lines(const std::vector<std::string>& labels) {
    std::string text;
    for (const std::string& label : labels) text += label + "\n";
    return text;
}

// Writes what the run is made of at its start; later it must be the same.
void claim(const std::filesystem::path& path, const std::string& text, const std::string& what) {
    if (!std::filesystem::exists(path)) return write_file(path, text);
    std::ifstream file(path, std::ios::binary);
    const std::string found{std::istreambuf_iterator<char>(file), {}};
    if (found != text) {
        throw Error(ErrorCode::usage, path.string() + ": this folder holds a training run with another " + what +
                                          "; expected the same inputs and options, or another folder for --out");
    }
}

// An epoch that was trained again, since its checkpoint was damaged or removed, takes the place of the one before, and
// those behind that do not count.
void add_epoch(std::vector<EpochReport>& epochs, const EpochReport& added) {
    const auto last =
        std::find_if(epochs.rbegin(), epochs.rend(), [&](const EpochReport& each) { return each.task == added.task; });
    if (last != epochs.rend() && last->epoch >= added.epoch) {
        std::erase_if(epochs,
                      [&](const EpochReport& each) { return each.task == added.task && each.epoch >= added.epoch; });
    }
    epochs.push_back(added);
}

}  // namespace

std::shared_ptr<const FolderLock> lock_for_training(const std::filesystem::path& folder) {
    constexpr std::chrono::seconds patience{5};  // training processes of a program that was killed end soon
    auto lock = std::make_shared<FolderLock>(folder, patience);
    if (lock->is_held()) return lock;
    throw Error(ErrorCode::usage, folder.string() +
                                      ": another training is running in this folder; expected another "
                                      "folder for --out, or wait until it has ended");
}

RunFolder::RunFolder(std::filesystem::path folder, const TrainingInputs& inputs) : folder_(std::move(folder)) {
    std::error_code error;
    std::filesystem::create_directories(folder_ / "checkpoints", error);
    if (error) throw Error(ErrorCode::unwritable, folder_.string() + ": cannot be created: " + error.message());
    lock_ = lock_for_training(folder_);
    for (const char* part : {"", "checkpoints", "predictions"}) remove_leftover_files(folder_ / part);
    claim_inputs(inputs);
    std::filesystem::create_directories(folder_ / "predictions", error);
}

RunFolder RunFolder::of_starter(std::filesystem::path folder, const TrainingInputs& inputs) {
    RunFolder run(std::move(folder));
    run.claim_inputs(inputs);
    return run;
}

void RunFolder::claim_inputs(const TrainingInputs& inputs) const {
    claim(folder_ / "recipe.toml", inputs.recipe.text, "recipe");
    claim(folder_ / "tags.txt", lines(inputs.labels), "list of tags");
    claim(folder_ / "seed.txt", std::to_string(inputs.recipe.seed) + "\n", "seed");
    claim(folder_ / "manifest.tsv", manifest_text(inputs.dataset.clips), "manifest");
    const std::filesystem::path from = folder_ / "from.txt";
    if (!inputs.start_identity.empty() || std::filesystem::exists(from))
        claim(from, inputs.start_identity + "\n", "model to start from");
    const std::filesystem::path teachers = folder_ / "teachers.txt";
    if (inputs.teachers || std::filesystem::exists(teachers))
        claim(teachers, inputs.teachers ? inputs.teachers->identity() : "", "teachers");
}

Recipe RunFolder::recipe() const { return read_recipe(folder_ / "recipe.toml"); }

std::vector<std::string> RunFolder::labels() const { return read_labels(folder_ / "tags.txt"); }

Dataset RunFolder::dataset() const { return read_manifest(folder_); }

std::filesystem::path RunFolder::checkpoint(const TaskId& task) const {
    return folder_ / "checkpoints" / (file_name(task) + ".pt");
}

std::filesystem::path RunFolder::fold_checkpoint(const TaskId& task, std::size_t fold) const {
    return folder_ / "checkpoints" / (file_name(task) + "-fold-" + std::to_string(fold + 1) + ".pt");
}

std::vector<EpochReport> RunFolder::epochs() const {
    std::ifstream file(log());
    if (!file) throw Error(ErrorCode::unreadable, log().string() + ": cannot be read");
    std::vector<EpochReport> epochs;
    for (std::string line; std::getline(file, line);) {
        const auto event = parse_event(line);
        if (!event) continue;
        if (const auto* epoch = std::get_if<EpochEvent>(&*event)) add_epoch(epochs, epoch->report);
    }
    return epochs;
}

std::filesystem::path RunFolder::predictions_file(const ConfigurationId& id) {
    return std::filesystem::path("predictions") / (file_name(id) + ".tsv");
}

bool RunFolder::has_predictions(const ConfigurationId& id) const {
    return std::filesystem::exists(folder_ / predictions_file(id));
}

void RunFolder::write_predictions(const ConfigurationId& id, const Predictions& predictions) const {
    earmark::write_predictions(folder_ / predictions_file(id), predictions);
}

Predictions RunFolder::predictions(const ConfigurationId& id) const {
    return read_predictions(folder_ / predictions_file(id));
}

void RunFolder::write_model(const Model& model) const { earmark::write_model(model, model_path()); }

Model RunFolder::model() const { return read_model(model_path()); }

void RunFolder::write_model_card(const std::string& markdown) const { write_file(folder_ / "model-card.md", markdown); }

void RunFolder::write_results(const RunResults& results) const { write_file(results_path(), results_json(results)); }

RunResults RunFolder::results() const { return read_results(results_path()); }

bool RunFolder::is_finished() const { return std::filesystem::exists(results_path()); }

}  // namespace earmark
