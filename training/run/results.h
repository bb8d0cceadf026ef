#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "evaluation/score.h"
#include "training/fit/events.h"
#include "training/recipe/configuration_id.h"

namespace earmark {

/// One line of the table of a training run.
struct ConfigurationResult {
    ConfigurationId id;
    std::size_t feature_count = 0;  ///< 0 for local models
    Scores valid;
    Scores test;
    std::filesystem::path predictions;  ///< file with its predictions, relative to the folder of the run
};

/// What results.json holds.
struct RunResults {
    std::string model;
    ComputeDevice device;  ///< of steps 1 and 3
    std::vector<ConfigurationResult> configurations;
    std::map<int, double> frames_per_second;  ///< of step 1, by segment_frames
};

/// The contents of results.json, format 2.
std::string results_json(const RunResults& results);

/// Throws Error: not_found (there is no such file: the run is not finished), unreadable (it is damaged), usage (it is
/// of another format).
RunResults read_results(const std::filesystem::path& path);

/// The same of the file's text; `name` is that of the file. Throws Error (unreadable, usage).
RunResults parse_results(const std::string& text, const std::string& name);

}  // namespace earmark
