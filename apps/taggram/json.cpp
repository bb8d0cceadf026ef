#include <nlohmann/json.hpp>
#include <span>

#include "apps/common/numbers.h"
#include "apps/common/visible_text.h"
#include "apps/taggram/taggram_file.h"

namespace earmark {
namespace {

using Json = nlohmann::ordered_json;

Json events_json(const TaggramTag& tag) {
    Json events = Json::array();
    for (const TagEvent& event : tag.events)
        events.push_back({{"start_s", rounded(event.start_s)},
                          {"end_s", rounded(event.end_s)},
                          {"peak_s", rounded(event.peak_s)},
                          {"peak_probability", rounded(event.peak_probability)}});
    return events;
}

Json tag_json(const TaggramFile& file, const TaggramTag& tag) {
    const Tag& description = file.description(tag);
    Json probabilities = Json::array();
    for (std::size_t window = 0; window < file.taggram.windows.size(); ++window)
        probabilities.push_back(rounded(file.taggram.probabilities(window, tag.tag_index)));
    return {{"tag", description.name},
            {"category", category_name(description.category)},
            {"threshold", rounded(description.threshold)},
            {"clip_probability", rounded(file.clip.probabilities[tag.tag_index])},
            {"mean_probability", rounded(tag.mean_probability)},
            {"peak_probability", rounded(tag.peak_probability)},
            {"first_peak_s", rounded(tag.first_peak_s)},
            {"active_s", rounded(tag.active_s)},
            {"events", events_json(tag)},
            {"probabilities", std::move(probabilities)}};
}

std::string text_of(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

}  // namespace

void taggram_json(const TaggramFile& file, const TextSink& sink) {
    const std::string path = file.path.string();
    Json head{{"path", path}};
    if (!is_utf8(path)) head["path_bytes"] = hexadecimal(path);
    head["model"] = {{"name", file.model->name}, {"identity", model_identity(*file.model)}};
    head["status"] = to_string(file.clip.status);
    head["duration_s"] = rounded(file.clip.duration_s);
    if (!file.clip.warning.empty()) head["warning"] = file.clip.warning;
    head["window"] = {{"duration_s", file.taggram.window.duration_s}, {"hop_s", file.taggram.window.hop_s}};
    head["end_share"] = file.rule.end_share;
    head["windows"] = {{"start_s", Json::array()}, {"end_s", Json::array()}, {"audible", Json::array()}};
    for (const ClipWindow& window : file.taggram.windows) {
        head["windows"]["start_s"].push_back(rounded(window.start_s));
        head["windows"]["end_s"].push_back(rounded(window.end_s));
        head["windows"]["audible"].push_back(window.is_audible);
    }
    std::string text = text_of(head);
    text.back() = ',';
    sink(text + "\n\"tags\":[");
    bool is_first = true;
    for (const TaggramTag& tag : file.tags) {
        sink((is_first ? "\n" : ",\n") + text_of(tag_json(file, tag)));
        is_first = false;
    }
    sink(file.tags.empty() ? "]}\n" : "\n]}\n");
}

}  // namespace earmark
