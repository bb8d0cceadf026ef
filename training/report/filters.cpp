#include <cmath>
#include <nlohmann/json.hpp>
#include <span>

#include "earmark/model.h"
#include "training/report/report_json.h"
#include "training/run/run_folder.h"
#include "training/study/study.h"

namespace earmark {
namespace {

using Json = nlohmann::ordered_json;

double rounded(float weight) { return std::round(weight * 1e4) / 1e4; }

// Filters x numbers of a filter: mel band after mel band, in each frame after frame.
Json first_layer(std::span<const float> weights, std::size_t filter_length) {
    Json filters = Json::array();
    for (std::size_t first = 0; first < weights.size(); first += filter_length) {
        Json filter = Json::array();
        for (std::size_t i = first; i < first + filter_length; ++i) filter.push_back(rounded(weights[i]));
        filters.push_back(std::move(filter));
    }
    return filters;
}

}  // namespace

Json filters_json(const StudyDescription& description, const StudyScores& scores) {
    const auto runs = run_folders(description.study, scores.seeds.front(), scores.fold_count);
    const Model model = RunFolder(runs.front()).model();
    const auto band_count = static_cast<std::size_t>(model.spectrogram.mel_band_count);
    Json list = Json::array();
    for (std::size_t i = 0; i < model.networks.size(); ++i) {
        const auto kernel = static_cast<std::size_t>(model.architectures[i].layers.front().kernel_frames);
        list.push_back({{"segment_frames", model.architectures[i].segment_frames},
                        {"kernel_frames", kernel},
                        {"mel_band_count", band_count},
                        {"filters", first_layer(model.networks[i].convolutions.front().weights, band_count * kernel)}});
    }
    return list;
}

}  // namespace earmark
