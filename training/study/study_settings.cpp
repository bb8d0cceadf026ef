#include "training/study/study_settings.h"

#include <fstream>
#include <nlohmann/json.hpp>

#include "base/write_file.h"
#include "earmark/error.h"

namespace earmark {
namespace {

using Json = nlohmann::ordered_json;

constexpr int format = 1;

std::filesystem::path settings_path(const std::filesystem::path& study) { return study / "settings.json"; }

StudySettings settings_from(const Json& json) {
    StudySettings settings;
    settings.recipe = json.at("recipe").get<std::string>();
    settings.data = json.at("data").get<std::string>();
    settings.command = json.at("command").get<std::string>();
    settings.date = json.at("date").get<std::string>();
    settings.machine = json.at("machine").get<std::string>();
    settings.audio_folder = json.at("audio_folder").get<std::string>();
    settings.seeds = json.at("seeds").get<std::vector<std::uint64_t>>();
    settings.fold_count = json.at("fold_count").get<std::size_t>();
    settings.by_artist = json.at("group") == "artist";
    settings.resample_count = json.at("resample_count").get<std::size_t>();
    if (!json.at("compared").is_null()) settings.compared = json.at("compared").get<std::string>();
    return settings;
}

}  // namespace

void write_study_settings(const std::filesystem::path& study, const StudySettings& settings) {
    const Json json{{"format", format},
                    {"recipe", settings.recipe},
                    {"data", settings.data},
                    {"command", settings.command},
                    {"date", settings.date},
                    {"machine", settings.machine},
                    {"audio_folder", settings.audio_folder.string()},
                    {"seeds", settings.seeds},
                    {"fold_count", settings.fold_count},
                    {"group", settings.by_artist ? Json("artist") : Json(nullptr)},
                    {"resample_count", settings.resample_count},
                    {"compared", settings.compared ? Json(settings.compared->string()) : Json(nullptr)}};
    write_file(settings_path(study), json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

StudySettings read_study_settings(const std::filesystem::path& study) {
    const std::filesystem::path path = settings_path(study);
    std::ifstream file(path);
    if (!file) {
        throw Error(ErrorCode::not_found, path.string() +
                                              ": no such file; expected the folder of a study, as written by "
                                              "`earmark analyze` or `earmark train --seeds`");
    }
    try {
        const Json json = Json::parse(file);
        if (json.at("format") != format) throw Error(ErrorCode::unreadable, path.string() + ": expected format 1");
        StudySettings settings = settings_from(json);
        if (settings.seeds.empty()) throw Error(ErrorCode::unreadable, path.string() + ": expected a seed at least");
        return settings;
    } catch (const nlohmann::json::exception& error) {
        throw Error(ErrorCode::unreadable, path.string() + ": expected the settings of a study; " + error.what());
    }
}

}  // namespace earmark
