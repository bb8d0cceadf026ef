#include "training/recipe/configuration_json.h"

#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

#include "training/recipe/json_number.h"

namespace earmark {
namespace {

bool has_scales(const ConfigurationId& id) { return id.kind == ConfigurationKind::local_model || has_levels(id); }

nlohmann::ordered_json scales_json(const ConfigurationId& id) {
    if (!has_scales(id)) return nullptr;
    return id.scales.empty() ? nlohmann::ordered_json("all") : nlohmann::ordered_json(id.scales);
}

std::vector<int> scales_of(const nlohmann::json& json) {
    if (json == "all") return {};
    std::vector<int> scales;
    for (const auto& scale : json) scales.push_back(whole_number<int>(scale));
    if (scales.empty()) throw std::invalid_argument("scales: expected a list of segment_frames or 'all'");
    return scales;
}

}  // namespace

nlohmann::ordered_json to_json(const ConfigurationId& id) {
    return {{"id", file_name(id)},
            {"kind", kind_name(id.kind)},
            {"level", id.kind == ConfigurationKind::one_level ? nlohmann::ordered_json(id.level) : nullptr},
            {"scales", scales_json(id)},
            {"name", to_string(id)}};
}

ConfigurationId configuration_id(const nlohmann::json& json) {
    const auto& name = json.at("kind").get_ref<const std::string&>();
    const auto kind = kind_of_name(name);
    if (!kind) throw std::invalid_argument("kind: '" + name + "' is not known");
    ConfigurationId id{.kind = *kind, .level = 0, .scales = {}, .name = {}};
    if (id.kind == ConfigurationKind::external) id.name = json.at("name");
    if (id.kind == ConfigurationKind::one_level) id.level = whole_number<int>(json.at("level"));
    if (has_scales(id)) id.scales = scales_of(json.at("scales"));
    return id;
}

std::string json_problem(const std::exception& exception) {
    const std::string text = exception.what();
    const std::size_t end = text.starts_with("[json.exception.") ? text.find("] ") : std::string::npos;
    return end == std::string::npos ? text : text.substr(end + 2);
}

}  // namespace earmark
