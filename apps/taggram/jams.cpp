#include <map>
#include <nlohmann/json.hpp>

#include "apps/common/numbers.h"
#include "apps/common/visible_text.h"
#include "apps/taggram/taggram_file.h"
#include "earmark/version.h"

namespace earmark {
namespace {

using Json = nlohmann::ordered_json;

Json annotation_json(const TaggramFile& file, TagCategory category, Json data, const std::string& identity) {
    const Json curator{{"name", ""}, {"email", ""}};
    const Json metadata{{"curator", curator},
                        {"annotator", Json::object()},
                        {"version", std::string(library_version())},
                        {"corpus", ""},
                        {"annotation_tools", "Earmark, model " + file.model->name},
                        {"annotation_rules", "window of " + Json(file.taggram.window.duration_s).dump() + " s every " +
                                                 Json(file.taggram.window.hop_s).dump() + " s; end_share " +
                                                 Json(file.rule.end_share).dump()},
                        {"validation", ""},
                        {"data_source", "program"}};
    return {{"namespace", "tag_open"},
            {"time", 0.0},
            {"duration", rounded(file.clip.duration_s)},
            {"annotation_metadata", metadata},
            {"data", std::move(data)},
            {"sandbox", {{"category", category_name(category)}, {"model_identity", identity}}}};
}

}  // namespace

std::string jams(const TaggramFile& file) {
    std::map<TagCategory, Json> data;
    for (const TaggramTag& tag : file.tags) {
        for (const TagEvent& event : tag.events)
            data.try_emplace(file.description(tag).category, Json::array())
                .first->second.push_back({{"time", rounded(event.start_s)},
                                          {"duration", rounded(event.end_s - event.start_s)},
                                          {"value", file.description(tag).name},
                                          {"confidence", rounded(event.peak_probability)}});
    }
    Json annotations = Json::array();
    const std::string identity = model_identity(*file.model);
    for (auto& [category, observations] : data)
        annotations.push_back(annotation_json(file, category, std::move(observations), identity));
    const Json metadata{{"title", as_utf8(file.path.stem().string())},
                        {"artist", ""},
                        {"release", ""},
                        {"duration", rounded(file.clip.duration_s)},
                        {"identifiers", Json::object()},
                        {"jams_version", "0.3.4"}};
    const Json json{{"annotations", annotations}, {"file_metadata", metadata}, {"sandbox", Json::object()}};
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace earmark
