#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "datasets/manifest/dataset.h"
#include "training/fit/listener.h"
#include "training/recipe/configuration_id.h"
#include "training/recipe/recipe.h"

namespace earmark {

/// The folder of one training run: what belongs to it, and where its files lie.
class RunFolder {
public:
    /// Makes the folder, or takes one of a run of the same recipe, seed, labels, clips and start. `start` tells apart
    /// the models that a transfer may start from, and is empty without a transfer. Throws Error: unwritable, usage (it
    /// holds a run of something else; names what differs).
    RunFolder(const std::filesystem::path& folder, const Recipe& recipe, const std::vector<std::string>& labels,
              const Dataset& dataset, const std::string& start);

    /// One that is there already.
    explicit RunFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}

    /// `task` may hold any characters.
    std::filesystem::path checkpoint(const std::string& task) const;
    std::filesystem::path cache() const { return folder_ / "log-mel"; }
    std::filesystem::path model() const { return folder_ / "model.earmark"; }
    std::filesystem::path model_card() const { return folder_ / "model-card.md"; }
    std::filesystem::path results() const { return folder_ / "results.json"; }

    std::filesystem::path predictions(const ConfigurationId& id) const { return folder_ / predictions_file(id); }

    /// The same, relative to the folder: "predictions/all-levels-all-scales.tsv".
    static std::filesystem::path predictions_file(const ConfigurationId& id);
    std::filesystem::path classifier_checkpoint(const ConfigurationId& id) const;
    std::filesystem::path log() const { return folder_ / "log.jsonl"; }

private:
    std::filesystem::path folder_;
};

/// Passes everything on to another listener, and writes epochs, phases and warnings into a file, one JSON object a
/// line.
class LoggingListener : public TrainingListener {
public:
    /// Appends. Throws Error (unwritable).
    LoggingListener(TrainingListener& next, const std::filesystem::path& log);

    void phase(const std::string& name) override;
    void warning(const std::string& message) override;
    void progress(std::size_t done, std::size_t all) override { next_.progress(done, all); }
    void epoch(const EpochReport& report, std::optional<double> remaining_s) override;
    bool stop_requested() override { return next_.stop_requested(); }

private:
    TrainingListener& next_;
    std::ofstream log_;
};

}  // namespace earmark
