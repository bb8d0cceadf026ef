#include <cmath>
#include <nlohmann/json.hpp>

#include "apps/common/numbers.h"
#include "apps/common/visible_text.h"
#include "apps/explain/explained_file.h"

namespace earmark {
namespace {

using Json = nlohmann::ordered_json;

Json moment_json(const Moment& moment) {
    return {{"start_s", rounded(moment.start_s)},
            {"end_s", rounded(moment.end_s)},
            {"contribution", rounded(moment.contribution)}};
}

Json level_json(const ExplainedLevel& level) {
    return {{"segment_frames", level.segment_frames}, {"level", level.level}};
}

Json reaction_json(const FilterReaction& reaction) {
    Json json = level_json(reaction.level);
    json[reaction.level.is_unit ? "unit" : "filter"] = reaction.index;
    json["activation"] = rounded(reaction.activation);
    json["deviations"] = rounded(reaction.deviations);
    return json;
}

Json response_json(const Model& model, const FilterReaction& reaction) {
    Json json = reaction_json(reaction);
    json["response"] = Json::array();
    for (const float value : filter_response(model, reaction.level.scale, reaction.index))
        json["response"].push_back(rounded(value));
    return json;
}

Json notable_json(const Model& model, const std::optional<NotableMoment>& notable) {
    if (!notable) return nullptr;
    Json json = moment_json(notable->moment);
    json["filters"] = Json::array();
    for (const FilterReaction& reaction : notable->filters) json["filters"].push_back(reaction_json(reaction));
    json["first_level_filters"] = Json::array();
    for (const FilterReaction& reaction : notable->first_level_filters)
        json["first_level_filters"].push_back(response_json(model, reaction));
    return json;
}

Json cells_json(const ExplainedFile& file, const TagContributions& contributions) {
    Json cells = Json::array();
    for (std::size_t i = 0; i < file.cells.size(); ++i) {
        Json cell = level_json(file.cells[i]);
        cell["layer"] = file.cells[i].is_unit ? "dense" : "convolution";
        cell["contribution"] = rounded(contributions.of_cells[i]);
        cells.push_back(std::move(cell));
    }
    return cells;
}

Json tag_json(const ExplainedFile& file, const TagExplanation& tag, bool is_present) {
    const TagContributions& contributions = tag.contributions;
    const double change = contributions.log_odds - contributions.log_odds_at_mean;
    Json json{{"tag", file.tag(tag).name},
              {"category", category_name(file.tag(tag).category)},
              {"probability", rounded(static_cast<double>(file.probability(tag)))},
              {"present", is_present},
              {"log_odds", rounded(contributions.log_odds)},
              {"log_odds_at_mean", rounded(contributions.log_odds_at_mean)},
              {"cells", cells_json(file, contributions)},
              {"scales", Json::array()},
              {"levels", Json::array()}};
    for (std::size_t scale = 0; scale < contributions.of_scales.size(); ++scale)
        json["scales"].push_back({{"segment_frames", file.model->architectures[scale].segment_frames},
                                  {"contribution", rounded(contributions.of_scales[scale])}});
    for (std::size_t level = 0; level < contributions.of_levels.size(); ++level)
        json["levels"].push_back({{"level", level + 1}, {"contribution", rounded(contributions.of_levels[level])}});
    json["interactions"] = rounded(contributions.interactions);
    json["interactions_share"] = change == 0.0 ? Json(nullptr) : Json(rounded(contributions.interactions / change));
    json["most_for"] = notable_json(*file.model, tag.most_for);
    json["most_against"] = notable_json(*file.model, tag.most_against);
    json["moments"] = Json::array();
    for (const Moment& moment : tag.moments) json["moments"].push_back(moment_json(moment));
    return json;
}

}  // namespace

std::string explanation_json(const ExplainedFile& file) {
    const std::string path = file.path.string();
    Json json{{"path", path}};
    if (!is_utf8(path)) json["path_bytes"] = hexadecimal(path);
    json["model"] = {{"name", file.model->name}, {"identity", model_identity(*file.model)}};
    json["status"] = to_string(file.clip.status);
    json["duration_s"] = rounded(file.clip.duration_s);
    if (!file.clip.warning.empty()) json["warning"] = file.clip.warning;
    json["moment"] = {{"duration_s", file.settings.moment_s}, {"hop_s", file.settings.hop_s}};
    json["mel_band_centers_hz"] = Json::array();
    for (const double hz : mel_band_centers_hz(file.model->spectrogram))
        json["mel_band_centers_hz"].push_back(std::round(hz * 1e3) / 1e3);
    std::vector<bool> are_present(file.model->tags.size());
    for (const RankedTag& tag : rank(*file.model, file.clip.probabilities)) are_present[tag.tag_index] = tag.present;
    json["tags"] = Json::array();
    for (const TagExplanation& tag : file.tags) json["tags"].push_back(tag_json(file, tag, are_present[tag.tag_index]));
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace earmark
