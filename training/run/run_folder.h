#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/folder_lock.h"
#include "datasets/manifest/dataset.h"
#include "earmark/model.h"
#include "training/fit/events.h"
#include "training/recipe/configuration_id.h"
#include "training/recipe/recipe.h"
#include "training/run/predictions.h"
#include "training/run/results.h"
#include "training/run/training_data.h"

namespace earmark {

/// The folder of one training run: the one place that knows its files, writes them and reads them. Every file is
/// replaced as a whole or not at all. What is missing or damaged throws Error (not_found, unreadable, invalid_...) that
/// names the file.
class RunFolder {
public:
    /// Makes the folder, or takes one of a run of the same inputs: recipe.toml, tags.txt, seed.txt, manifest.tsv,
    /// from.txt and teachers.txt hold them. It belongs to this object and its copies until they are gone: nothing else
    /// trains in it meanwhile. Removes temporary files that a killed run left. Throws Error: unwritable, usage (another
    /// run uses it, or it holds a run of something else; names what differs).
    RunFolder(std::filesystem::path folder, const TrainingInputs& inputs);

    /// The folder of a run that the process trains which started this one. Throws Error (usage) where it holds a run of
    /// something else, since a file changed after the run began.
    static RunFolder of_starter(std::filesystem::path folder, const TrainingInputs& inputs);

    /// One that is there already.
    explicit RunFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}

    const std::filesystem::path& path() const noexcept { return folder_; }

    /// What the run was made of.
    Recipe recipe() const;
    std::vector<std::string> labels() const;
    Dataset dataset() const;

    /// What it needs to resume after an interruption.
    std::filesystem::path checkpoint(const TaskId& task) const;

    /// Of the training of a classifier in a fold of out_of_fold_clips(), counted from 0.
    std::filesystem::path fold_checkpoint(const TaskId& task, std::size_t fold) const;

    /// Which clips are copies of each other, as write_copies() writes it.
    std::filesystem::path copies() const { return folder_ / "copies.tsv"; }
    std::filesystem::path cache() const { return folder_ / "log-mel"; }

    /// What audio it began with: see claim_audio().
    std::filesystem::path audio_record() const { return folder_ / "audio.tsv"; }

    /// What it reported; LoggingListener writes it.
    std::filesystem::path log() const { return folder_ / "log.jsonl"; }

    /// The epochs in the log, in their order; lines that were cut off are left out.
    std::vector<EpochReport> epochs() const;

    /// What a configuration predicts for the clips that it was not trained on.
    bool has_predictions(const ConfigurationId& id) const;
    void write_predictions(const ConfigurationId& id, const Predictions& predictions) const;
    Predictions predictions(const ConfigurationId& id) const;

    /// Their file, relative to the folder: "predictions/all-levels-all-scales.tsv".
    static std::filesystem::path predictions_file(const ConfigurationId& id);

    std::filesystem::path model_path() const { return folder_ / "model.earmark"; }
    void write_model(const Model& model) const;
    Model model() const;
    void write_model_card(const std::string& markdown) const;

    std::filesystem::path results_path() const { return folder_ / "results.json"; }

    /// They are written last: with them the run is finished.
    void write_results(const RunResults& results) const;
    RunResults results() const;
    bool is_finished() const;

private:
    void claim_inputs(const TrainingInputs& inputs) const;

    std::filesystem::path folder_;
    std::shared_ptr<const FolderLock> lock_;  ///< of a folder for training
};

/// Makes a folder the property of one training or study, until the lock is gone. Waits a few seconds for processes that
/// are about to end. Throws Error (usage) when another one uses it.
std::shared_ptr<const FolderLock> lock_for_training(const std::filesystem::path& folder);

}  // namespace earmark
