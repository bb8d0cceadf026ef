#include <cmath>
#include <nlohmann/json.hpp>
#include <ostream>

#include "apps/dataset/check_report.h"
#include "earmark/model.h"

namespace earmark {
namespace {

using Json = nlohmann::ordered_json;

double rounded(double value, double steps) { return std::round(value * steps) / steps; }

Json amount_json(const Amount& amount) {
    return {{"clips", amount.clip_count}, {"hours", rounded(amount.duration_s / 3600.0, 1e4)}};
}

Json splits_json(const std::map<std::string, Amount>& by_split) {
    Json json = Json::object();
    for (const auto& [split, amount] : by_split) json[split] = amount_json(amount);
    return json;
}

Json tags_json(const DatasetTotals& totals) {
    Json json = Json::array();
    for (const LabelTotals& label : totals.labels) {
        const Tag tag = tag_from_label(label.label);
        Json entry{{"tag", tag.name}, {"category", category_name(tag.category)}, {"label", label.label}};
        entry.update(amount_json(label.all));
        entry["splits"] = splits_json(label.by_split);
        json.push_back(entry);
    }
    return json;
}

const char* name_of(ClipFault::Kind kind) {
    switch (kind) {
        case ClipFault::Kind::unreadable: return "unusable";
        case ClipFault::Kind::damaged: return "damaged";
        case ClipFault::Kind::too_short: return "too_short";
        case ClipFault::Kind::silent: return "silent";
    }
    return "";
}

Json clip_json(const Dataset& dataset, std::size_t index) {
    const Clip& clip = dataset.clips[index];
    return {{"path", clip.path.string()}, {"split", clip.split}, {"line", clip.line}};
}

Json faults_json(const Dataset& dataset, const std::vector<ClipFault>& faults) {
    Json json = Json::array();
    for (const ClipFault& fault : faults) {
        Json entry = clip_json(dataset, fault.clip);
        entry["fault"] = name_of(fault.kind);
        entry["message"] = fault.message;
        json.push_back(entry);
    }
    return json;
}

Json equal_json(const Dataset& dataset, const std::vector<EqualClips>& groups) {
    Json json = Json::array();
    for (const EqualClips& clips : groups) {
        Json entry{{"across_splits", in_two_splits(dataset, clips)}, {"clips", Json::array()}};
        for (const std::size_t clip : clips) entry["clips"].push_back(clip_json(dataset, clip));
        json.push_back(entry);
    }
    return json;
}

Json near_json(const Dataset& dataset, const std::vector<NearDuplicate>& pairs) {
    Json json = Json::array();
    for (const NearDuplicate& pair : pairs) {
        json.push_back({{"across_splits", in_two_splits(dataset, {pair.first, pair.second})},
                        {"clips", {clip_json(dataset, pair.first), clip_json(dataset, pair.second)}},
                        {"offset_s", rounded(pair.offset_s, 1e2)},
                        {"common_s", rounded(pair.common_s, 1e2)},
                        {"bit_error", rounded(pair.bit_error, 1e4)}});
    }
    return json;
}

Json artists_json(const std::vector<SharedArtist>& artists) {
    Json json = Json::array();
    for (const SharedArtist& artist : artists) {
        json.push_back({{"artist", artist.artist}, {"clips", artist.clips_by_split}});
    }
    return json;
}

}  // namespace

void write_check_json(std::ostream& stream, const Dataset& dataset, const DatasetCheck& check) {
    const bool is_complete = check.checked_count == dataset.clips.size();
    Json json{{"data", dataset.folder.string()}, {"clips", dataset.clips.size()}, {"checked", check.checked_count}};
    json["usable"] = amount_json(check.totals.all);
    json["splits"] = splits_json(check.totals.by_split);
    json["tags"] = tags_json(check.totals);
    json["faults"] = faults_json(dataset, check.faults);
    // Not looked for is not the same as none.
    json["equal_clips"] = is_complete ? equal_json(dataset, check.equal_clips) : Json(nullptr);
    json["near_duplicates"] = is_complete ? near_json(dataset, check.near_duplicates) : Json(nullptr);
    json["shared_artists"] = artists_json(check.shared_artists);
    stream << json.dump(2, ' ', false, Json::error_handler_t::replace) << "\n";
}

}  // namespace earmark
