#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "training/run/predictions.h"
#include "training/run/run_folder.h"

namespace earmark {

/// What the configurations of one run predict: all of the same clips, in the same order.
class RunPredictions {
public:
    /// REQUIRES: the folder outlives this object. `labels` are the tags of the run.
    RunPredictions(const RunFolder& folder, std::vector<std::string> labels);

    /// Reads those of one more configuration. Throws Error: as read_predictions(), and invalid_dataset where they are
    /// of other tags.
    void read(const ConfigurationId& id);

    /// Those that were read, in that order.
    const Predictions& of(std::size_t index) const { return all_[index]; }

    /// Throws Error (invalid_dataset) that names the line where the clips differ from those of the configuration that
    /// has most: a line that is lost makes fewer.
    void require_same_clips(std::size_t index) const;

    /// Throws Error (invalid_dataset) that names the line of this clip.
    [[noreturn]] void refuse(std::size_t index, std::size_t clip, const std::string& problem) const;

private:
    std::filesystem::path path(const ConfigurationId& id) const;

    const RunFolder& folder_;
    std::vector<std::string> labels_;
    std::vector<ConfigurationId> ids_;
    std::vector<Predictions> all_;
};

}  // namespace earmark
