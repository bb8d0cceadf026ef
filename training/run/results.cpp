#include "training/run/results.h"

#include <charconv>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "earmark/error.h"
#include "training/recipe/configuration_json.h"
#include "training/recipe/json_number.h"

namespace earmark {
namespace {

constexpr int results_format = 2;

nlohmann::ordered_json scores_json(const Scores& scores) {
    const auto value = [](const std::optional<double>& number) {
        return number ? nlohmann::ordered_json(*number) : nlohmann::ordered_json(nullptr);
    };
    nlohmann::ordered_json json{{"roc_auc", value(scores.roc_auc)},
                                {"average_precision", value(scores.average_precision)}};
    if (scores.accuracy) json["accuracy"] = *scores.accuracy;
    return json;
}

Scores scores_of(const nlohmann::json& json) {
    const auto value = [&](const char* name) {
        return !json.contains(name) || json[name].is_null() ? std::nullopt : std::optional(json[name].get<double>());
    };
    return {value("roc_auc"), value("average_precision"), value("accuracy")};
}

ConfigurationResult result_of(const nlohmann::json& json) {
    return {configuration_id(json), whole_number<std::size_t>(json.at("feature_count")), scores_of(json.at("valid")),
            scores_of(json.at("test")), json.at("predictions").get<std::string>()};
}

[[noreturn]] void refuse(const std::string& name, const std::string& reason) {
    throw Error(ErrorCode::unreadable,
                name + ": is damaged" + reason +
                    "; expected the results of a finished run (the same training makes them again)");
}

ComputeDevice device_of(const std::string& name) {
    for (const auto kind : {ComputeDevice::Kind::cpu, ComputeDevice::Kind::cuda})
        if (to_string(ComputeDevice{kind}) == name) return {kind};
    throw std::invalid_argument("device: '" + name + "' is not known");
}

int scale_of(const std::string& text) {
    int scale = 0;
    const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), scale);
    if (status != std::errc() || end != text.data() + text.size())
        throw std::invalid_argument("frames_per_second: expected scales as keys");
    return scale;
}

// Whatever it is, in one short line of ASCII.
std::string format_text(const nlohmann::json& format) {
    return format.is_number() ? format.dump() : std::string("of type ") + format.type_name();
}

RunResults results_of(const nlohmann::json& json) {
    RunResults results{json.at("model").get<std::string>(), device_of(json.at("device").get<std::string>()), {}, {}};
    for (const auto& entry : json.at("configurations")) results.configurations.push_back(result_of(entry));
    for (const auto& [scale, speed] : json.at("frames_per_second").items())
        results.frames_per_second[scale_of(scale)] = speed.get<double>();
    return results;
}

}  // namespace

std::string results_json(const RunResults& results) {
    nlohmann::ordered_json json{{"format", results_format},
                                {"model", results.model},
                                {"device", to_string(results.device)},
                                {"configurations", nlohmann::ordered_json::array()}};
    for (const ConfigurationResult& result : results.configurations) {
        nlohmann::ordered_json entry = to_json(result.id);
        entry["feature_count"] = result.feature_count;
        entry["predictions"] = result.predictions.generic_string();
        entry["valid"] = scores_json(result.valid);
        entry["test"] = scores_json(result.test);
        json["configurations"].push_back(std::move(entry));
    }
    json["frames_per_second"] = nlohmann::ordered_json::object();
    for (const auto& [scale, speed] : results.frames_per_second)
        json["frames_per_second"][std::to_string(scale)] = speed;
    return json.dump(2) + "\n";
}

RunResults read_results(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw Error(ErrorCode::not_found, path.string() + ": expected the results of a finished run");
    return parse_results({std::istreambuf_iterator<char>(file), {}}, path.string());
}

RunResults parse_results(const std::string& text, const std::string& name) {
    const nlohmann::json json = nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false);
    if (!json.is_object()) refuse(name, ", no JSON object");
    const nlohmann::json format = json.value("format", nlohmann::json(1));
    if (format != results_format) {
        throw Error(ErrorCode::usage, name + ": has format " + format_text(format) + "; expected format " +
                                          std::to_string(results_format) +
                                          ". Another version of Earmark made this run: train again in a new folder");
    }
    try {
        return results_of(json);
    } catch (const std::logic_error& error) {
        refuse(name, ": " + json_problem(error));
    } catch (const nlohmann::json::exception& error) {
        refuse(name, ": " + json_problem(error));
    }
}

}  // namespace earmark
