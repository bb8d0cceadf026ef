#include "training/study/study_settings.h"

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "base/write_file.h"
#include "earmark/error.h"
#include "training/recipe/configuration_json.h"
#include "training/recipe/json_number.h"

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
    for (const Json& seed : json.at("seeds")) settings.seeds.push_back(whole_number<std::uint64_t>(seed));
    settings.fold_count = whole_number<std::size_t>(json.at("fold_count"));
    settings.by_artist = json.at("group") == "artist";
    settings.resample_count = whole_number<std::size_t>(json.at("resample_count"));
    if (!json.at("compared").is_null()) settings.compared = json.at("compared").get<std::string>();
    return settings;
}

[[noreturn]] void refuse(const std::string& name, const std::string& reason) {
    throw Error(ErrorCode::unreadable, name + ": is damaged, or not the settings of a study: " + reason);
}

// What the command line would accept: all of it is worked through.
void require_bounds(const std::string& name, const StudySettings& settings) {
    constexpr std::size_t most_runs = 1000;
    constexpr std::size_t most_resamples = 1000000;
    if (settings.seeds.empty() || settings.seeds.size() > most_runs) refuse(name, "expected 1 to 1000 seeds");
    if (settings.fold_count > most_runs) refuse(name, "fold_count: expected at most 1000");
    if (settings.resample_count > most_resamples) refuse(name, "resample_count: expected at most 1000000");
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
    return parse_study_settings({std::istreambuf_iterator<char>(file), {}}, path.string());
}

StudySettings parse_study_settings(const std::string& text, const std::string& name) {
    const Json json = Json::parse(text, nullptr, /*allow_exceptions=*/false);
    if (json.is_discarded()) refuse(name, "no JSON");
    try {
        if (json.at("format") != format) refuse(name, "expected format 1");
        StudySettings settings = settings_from(json);
        require_bounds(name, settings);
        return settings;
    } catch (const std::logic_error& error) {
        refuse(name, json_problem(error));
    } catch (const nlohmann::json::exception& error) {
        refuse(name, json_problem(error));
    }
}

}  // namespace earmark
