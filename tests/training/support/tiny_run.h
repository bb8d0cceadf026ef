#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "tests/training/support/recording_listener.h"
#include "tests/training/support/synthetic_dataset.h"
#include "tests/training/support/tiny_recipe.h"
#include "training/run/train.h"

namespace earmark {

/// A recipe, and a folder for the run. The data set may be shared by several.
class TinyRun {
public:
    explicit TinyRun(const SyntheticDataset& dataset, const std::string& recipe = tiny_recipe_text) {
        options.recipe = folder_.write("tiny.toml", recipe);
        options.data = {dataset.path()};
        options.out = folder_.path() / "run";
        options.command = "earmark train tiny.toml";
        options.license = "CC0-1.0";
        options.device = DeviceChoice::cpu;
    }

    TrainingOutcome train(RecordingListener::StopWhen stop_when = {}) {
        listener = RecordingListener(std::move(stop_when));
        return earmark::train(options, listener);
    }

    std::string text(const std::string& name) const { return read_text(options.out / name); }

    /// The model file as it would be on any day.
    std::vector<std::byte> model_bytes_without_date() const {
        Model model = read_model(options.out / "model.earmark");
        model.provenance.date = "";
        return serialize_model(model);
    }

    TrainingOptions options;
    RecordingListener listener;  ///< of the last call of train

private:
    TemporaryFolder folder_;
};

}  // namespace earmark
