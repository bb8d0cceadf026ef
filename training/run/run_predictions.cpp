#include "training/run/run_predictions.h"

#include <algorithm>
#include <utility>

#include "datasets/text/text_lines.h"
#include "earmark/error.h"

namespace earmark {

RunPredictions::RunPredictions(const RunFolder& folder, std::vector<std::string> labels)
    : folder_(folder), labels_(std::move(labels)) {}

void RunPredictions::read(const ConfigurationId& id) {
    Predictions predictions = folder_.predictions(id);
    if (predictions.labels != labels_)
        throw Error(ErrorCode::invalid_dataset, path(id).string() + ": has other tags than tags.txt");
    ids_.push_back(id);
    all_.push_back(std::move(predictions));
}

void RunPredictions::require_same_clips(std::size_t index) const {
    const auto longest =
        std::ranges::max_element(all_, {}, [](const Predictions& predictions) { return predictions.paths.size(); });
    const auto reference = static_cast<std::size_t>(longest - all_.begin());
    const Predictions& a = all_[index];
    const Predictions& b = all_[reference];
    for (std::size_t clip = 0; clip < b.paths.size(); ++clip) {
        if (clip < a.paths.size() && a.paths[clip] == b.paths[clip] && a.splits[clip] == b.splits[clip]) continue;
        refuse(index, clip,
               "expected the clip " + b.paths[clip] + " of the split " + b.splits[clip] + ", as in " +
                   path(ids_[reference]).filename().string());
    }
}

void RunPredictions::refuse(std::size_t index, std::size_t clip, const std::string& problem) const {
    constexpr std::size_t lines_before_clips = 2;  // the header, and lines are counted from 1
    throw line_error(path(ids_[index]), clip + lines_before_clips, problem);
}

std::filesystem::path RunPredictions::path(const ConfigurationId& id) const {
    return folder_.path() / RunFolder::predictions_file(id);
}

}  // namespace earmark
